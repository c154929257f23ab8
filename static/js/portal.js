/* Comfort on top of pages that work without script. An ES module: old browsers skip it. */

const $all = (selector, root = document) => [...root.querySelectorAll(selector)];

document.body.classList.add("govuk-frontend-supported");

/* Thoát nhanh: empty the screen at once (a slow network must not keep it), leave no way Back to this page. */
for (const link of $all("[data-exit]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.title = "…";
    document.body.hidden = true;
    location.replace(link.href);
  });
}

/* A page kept by the browser for Back may be out of date, or not ours to show any more. */
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

/* Characters left, counted as the server counts them: NFC, one per line end. */
const fill = (text, count) => text.replace("%{count}", new Intl.NumberFormat(document.documentElement.lang).format(count));

for (const group of $all("[data-maxlength]")) {
  const box = group.querySelector("textarea, input");
  const fixed = group.querySelector(".govuk-character-count__message");
  if (!box || !fixed) continue;
  const limit = Number(group.dataset.maxlength);
  const words = (key) => group.getAttribute(`data-i18n.${key}`) ?? "";
  const shown = document.createElement("div");
  const spoken = document.createElement("div");
  shown.className = fixed.className;
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "govuk-visually-hidden";
  spoken.setAttribute("aria-live", "polite");
  fixed.classList.add("govuk-visually-hidden");
  fixed.after(shown, spoken);
  let later = 0;
  const count = () => {
    const left = limit - [...box.value.replace(/\r\n?/g, "\n").normalize("NFC").trim()].length;
    const text = left > 0 ? fill(words("characters-under-limit.other"), left)
      : left === 0 ? words("characters-at-limit")
        : fill(words("characters-over-limit.other"), -left);
    shown.textContent = text;
    shown.classList.toggle("govuk-error-message", left < 0);
    shown.classList.toggle("govuk-hint", left >= 0);
    box.classList.toggle("govuk-textarea--error", left < 0 || box.hasAttribute("data-faulty"));
    clearTimeout(later);
    later = setTimeout(() => { spoken.textContent = text; }, 1000);
  };
  if (box.classList.contains("govuk-textarea--error")) box.setAttribute("data-faulty", "");
  box.addEventListener("input", count);
  addEventListener("pageshow", count);
  count();
}

/* Questions that belong to one answer appear with it. */
const controls = $all("[data-aria-controls]");
const follow = () => {
  for (const control of controls) {
    const id = control.dataset.ariaControls;
    control.setAttribute("aria-controls", id);
    const part = document.getElementById(id);
    for (const kind of ["radios", "checkboxes"]) {
      if (part?.classList.contains(`govuk-${kind}__conditional`)) {
        part.classList.toggle(`govuk-${kind}__conditional--hidden`, !control.checked);
      }
    }
  }
};
if (controls.length) {
  document.addEventListener("change", follow);
  addEventListener("pageshow", follow);
  follow();
}

/* What went wrong, or what was done, is read first. */
const first = document.querySelector(".govuk-error-summary, [data-focus]");
if (first) {
  first.tabIndex = -1;
  first.focus();
}

/* A button pressed twice sends once. */
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute("data-prevent-double-click")) return;
  if (button.dataset.sent) event.preventDefault();
  button.dataset.sent = "yes";
  setTimeout(() => delete button.dataset.sent, 3000);
});

/* Copy the receipt. */
for (const button of $all("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  if (!source || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      button.textContent = button.dataset.done;
    } catch {
      getSelection().selectAllChildren(source);
    }
  });
}

/* Print; without script the button is not there. */
for (const button of $all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

/* Staff lists: one box ticks all. */
for (const box of $all("[data-all]")) {
  box.closest("[hidden]")?.removeAttribute("hidden");
  box.addEventListener("change", () => {
    for (const other of $all(`input[name="${box.dataset.all}"]`)) other.checked = box.checked;
  });
}

/* A file on its way: say so, with a bar. Without script the browser's own sign must do. */
for (const form of $all("form[enctype='multipart/form-data']")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const sign = form.querySelector("[data-uploading]");
    if (sign && $all("input[type=file]", form).some((input) => input.files.length)) sign.hidden = false;
  });
}
