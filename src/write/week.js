// Shows only the sheets of one kind, or of whoever has these letters in id or name; what is not
// shown is not printed.
(function () {
  'use strict';
  var who = document.getElementById('who');
  var kind = document.getElementById('kind');
  var found = document.getElementById('found');
  var parts = Array.prototype.slice.call(document.querySelectorAll('main > section'));
  var named = Array.prototype.slice.call(document.querySelectorAll('[data-who]'));

  function show() {
    var letters = who.value.trim().toLowerCase();
    var n = 0;
    named.forEach(function (item) {
      var fits = item.getAttribute('data-who').toLowerCase().indexOf(letters) >= 0;
      item.hidden = !fits;
      if (fits && item.className.indexOf('sheet') === 0) n += 1;
    });
    parts.forEach(function (part) {
      var unlike = kind.value !== '' && part.id !== kind.value;
      part.hidden = unlike || (letters !== '' && !part.querySelector('[data-who]:not([hidden])'));
    });
    found.textContent = letters === '' ? '' : n === 1 ? '1 sheet' : n + ' sheets';
    document.body.classList.toggle('sheets-only', letters !== '' || /^(rooms|therapists|patients)$/.test(kind.value));
  }

  who.addEventListener('input', show);
  kind.addEventListener('change', show);
  document.getElementById('tools').addEventListener('submit', function (event) {
    event.preventDefault();
    window.print();
  });
  document.getElementById('tools').hidden = false;
}());
