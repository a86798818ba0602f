// The few things a page does by itself. Everything can be read without this file.
(() => {
  "use strict";
  const root = document.documentElement;

  function remember(key, value) {
    try { localStorage.setItem(key, value); } catch { /* storage is switched off: the choice lasts for this page */ }
  }

  // 中英对照: the other language under each paragraph.
  function sideBySide() {
    const button = document.querySelector("button.side-by-side");
    if (!button) return;
    const show = (on) => {
      root.classList.toggle("both-languages", on);
      button.setAttribute("aria-pressed", String(on));
    };
    show(root.classList.contains("both-languages"));
    button.addEventListener("click", () => {
      const anchor = sectionInView();
      show(!root.classList.contains("both-languages"));
      remember("side-by-side", root.classList.contains("both-languages") ? "yes" : "no");
      anchor?.scrollIntoView();
    });
  }

  // The section the reader is in: the last one whose heading is above the middle of the window.
  function sectionInView() {
    const sections = [...document.querySelectorAll("article section[id]")];
    return sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 2).at(-1);
  }

  // The switch lands in the same section of the other language: anchors are the same in both books.
  function languageSwitch() {
    const link = document.querySelector("a.language-switch");
    link?.addEventListener("click", () => {
      const section = scrollY > 80 ? sectionInView() : undefined;
      link.hash = section ? section.id : "";
    });
  }

  // What scrolls sideways can be reached by keyboard.
  function scrollingRegions() {
    for (const region of document.querySelectorAll("div.highlight pre, .katex-html, .table-wrapper, .output pre")) {
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    }
  }

  sideBySide();
  languageSwitch();
  scrollingRegions();
  addEventListener("resize", scrollingRegions);
})();
