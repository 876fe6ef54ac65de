// Shows how the form is read while it is filled in. Without it the Preview button does the same.
"use strict";

(() => {
  const form = document.getElementById("adding");
  const shown = document.getElementById("preview");
  const PAUSE = 350; // milliseconds without a key before it is asked
  let timer = 0;
  let asked = null;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch("/add/preview", {
        method: "POST",
        body: new URLSearchParams(new FormData(form)),
        signal: asked.signal,
      });
      // What is wrong otherwise is told when the form is sent.
      if (answer.ok) shown.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") shown.dataset.stale = "yes";
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
})();
