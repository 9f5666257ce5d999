/* What stands typed in a form before the scripts have come, or is brought back with the back button, shows as a change
   like what is typed later. */
(function () {
  "use strict";

  function isTyped(field) {
    return field.tagName === "TEXTAREA" && field.value !== field.defaultValue;
  }

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[hx-post]").forEach(function (form) {
      var typed = Array.prototype.find.call(form.elements, isTyped);
      if (typed) typed.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
