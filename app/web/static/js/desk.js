/* The consolidation desk by keyboard: digits choose a reading, letters decide, Enter records.
   Everything it does can be done without it. */
(function () {
  "use strict";
  var form = document.getElementById("decide");
  if (!form) return;
  var readings = Array.prototype.slice.call(form.querySelectorAll(".reading"));
  var chosen = readings.find(function (r) { return !r.querySelector("input[type=radio]:checked"); }) || readings[0];
  var editKeys = (document.querySelector("[data-edit-key]") || { dataset: {} }).dataset.editKey || "";

  function choose(reading) {
    if (!reading) return;
    if (chosen) chosen.classList.remove("chosen");
    chosen = reading;
    chosen.classList.add("chosen");
    chosen.scrollIntoView({ block: "nearest" });
  }

  function decide(key) {
    if (!chosen) return false;
    var radios = Array.prototype.slice.call(chosen.querySelectorAll("input[data-key]"));
    var match = radios.find(function (r) { return r.dataset.key.split(" ").indexOf(key) >= 0; });
    if (!match) return false;
    match.checked = true;
    match.dispatchEvent(new Event("change", { bubbles: true }));
    var why = chosen.querySelector("details.why");
    if (why && /amended|not_accepted|covered/.test(match.value)) {
      why.open = true;
      var field = why.querySelector(match.value === "covered" ? "input[name^=covered]" : "input[name^=reason]");
      if (field) field.focus();
    }
    return true;
  }

  function edit() {
    var details = form.querySelector("details.word");
    if (!details) return;
    details.open = true;
    var area = details.querySelector("textarea");
    if (area) area.focus();
  }

  form.addEventListener("input", function (event) {
    var details = event.target.closest("details.word");
    if (!details || event.target.type === "radio") return;
    var own = details.querySelector("input[type=radio][value=own]");
    if (own) own.checked = true;
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    var target = event.target;
    var isRadio = target.type === "radio";
    if (/^(TEXTAREA|SELECT)$/.test(target.tagName)) return;
    if (target.tagName === "INPUT" && !isRadio && target.type !== "checkbox") return;
    var key = event.key.toLowerCase();
    if (/^[1-9]$/.test(key)) {
      choose(form.querySelector('.reading[data-number="' + key + '"]'));
    } else if (editKeys.split(" ").indexOf(key) >= 0) {
      edit();
    } else if (key === "enter" && !/^(A|BUTTON|SUMMARY)$/.test(target.tagName)) {
      document.getElementById("record").click();
    } else if (!decide(key)) {
      return;
    }
    event.preventDefault();
  });

  choose(chosen);
})();
