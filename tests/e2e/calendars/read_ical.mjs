// Reads calendar files with ical.js; prints a line of JSON a file: its events, field by field.
// usage: node read_ical.mjs PATH-OF-ICAL.JS < names of files, one a line
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]).href);

function eventOf(component) {
  const event = new ICAL.Event(component);
  const text = (name) => component.getFirstPropertyValue(name) ?? null;
  return {
    uid: event.uid,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    floating: event.startDate.zone === ICAL.Timezone.localTimezone,
    start_unix: event.startDate.toUnixTime(),
    end_unix: event.endDate.toUnixTime(),
    tzid: component.getFirstProperty("dtstart").getParameter("tzid") ?? null,
    sequence: event.sequence,
    status: text("status"),
    class: text("class"),
    stamp: text("dtstamp").toString(),
    summary: event.summary,
    location: text("location"),
    description: text("description"),
  };
}

for (const name of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(name, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone"))
    ICAL.TimezoneService.register(zone);
  console.log(JSON.stringify({
    name: calendar.getFirstPropertyValue("x-wr-calname"),
    method: calendar.getFirstPropertyValue("method"),
    events: calendar.getAllSubcomponents("vevent").map(eventOf),
  }));
}
