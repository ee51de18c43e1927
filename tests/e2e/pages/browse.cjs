// Looks at pages in headless Chromium. Standard input: {modules, browser, profile, jobs}; a job is
// {page, widths, script, pdf, type}: the file, widths in pixels at which axe-core runs, whether the
// page's script may run, {paper: file} to print to, letters for the filter. Standard output: a list
// of answers {violations, requests, wider, text, sheets}.
'use strict';
const fs = require('fs');
const path = require('path');

const work = JSON.parse(fs.readFileSync(0, 'utf8'));
const puppeteer = require(path.join(work.modules, 'puppeteer-core'));
const axe = fs.readFileSync(path.join(work.modules, 'axe-core', 'axe.min.js'), 'utf8');
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--disable-dev-shm-usage'];

async function look(browser, job) {
  const page = await browser.newPage();
  const answer = {violations: [], requests: [], wider: []};
  page.on('request', (request) => answer.requests.push(request.url()));
  page.on('pageerror', (error) => answer.violations.push('script: ' + error.message));
  await page.setJavaScriptEnabled(job.script !== false);
  await page.goto('file://' + job.page);
  for (const width of job.widths || []) {
    await page.setViewport({width, height: 900});
    if (await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')) {
      answer.wider.push(width);
    }
    await page.evaluate(axe);
    const told = await page.evaluate('axe.run()');
    for (const v of told.violations) {
      answer.violations.push(`${width}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 200)}`);
    }
  }
  if (job.type) {
    await page.type('#who', job.type);
    answer.sheets = await page.evaluate(
      'Array.from(document.querySelectorAll("article"))' +
      '.filter((a) => a.offsetParent !== null).map((a) => a.id)');
  }
  for (const [paper, file] of Object.entries(job.pdf || {})) {
    await page.pdf({path: file, format: paper, timeout: 120000});
  }
  answer.text = await page.evaluate('document.body.innerText');
  await page.close();
  return answer;
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: work.browser, userDataDir: work.profile, args: flags});
  const answers = [];
  for (const job of work.jobs) answers.push(await look(browser, job));
  await browser.close();
  process.stdout.write(JSON.stringify(answers));
})().catch((error) => { console.error(error); process.exit(1); });
