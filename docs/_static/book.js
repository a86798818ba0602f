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

  // The switch lands in the same section of the other language, with the widgets as they are set here:
  // anchors and settings are the same in both books.
  function languageSwitch() {
    const link = document.querySelector("a.language-switch");
    link?.addEventListener("click", () => {
      const widgets = [...document.querySelectorAll(".widget-place")];
      for (const widget of widgets) widget.keep?.();
      const settings = location.hash.slice(1).split("&").filter((part) => part.includes("="));
      const atWidget = settings.length && widgets.some(isInView);
      const section = scrollY > 80 && !atWidget ? sectionInView() : undefined;
      link.hash = [...(section ? [section.id] : []), ...settings].join("&");
    });
  }

  // What a key term means, beside its link: under the pointer or with the keyboard's focus, until Escape.
  // Without this script the browser shows the links' titles by itself, to the pointer only.
  function definitions() {
    const tip = document.createElement("div");
    tip.id = "definition";
    tip.role = "tooltip";
    tip.hidden = true;
    document.body.append(tip);
    let shown, leaving;

    const hide = () => {
      shown?.removeAttribute("aria-describedby");
      shown = undefined;
      tip.hidden = true;
    };
    const show = (link, text) => {
      clearTimeout(leaving);
      hide();
      shown = link;
      tip.textContent = text;
      tip.lang = link.closest("[lang]").lang;
      tip.hidden = false;
      link.setAttribute("aria-describedby", tip.id);
      const place = link.getClientRects()[0];
      tip.style.top = `${place.bottom + scrollY + 4}px`;
      tip.style.left = `${Math.max(8, Math.min(place.left, root.clientWidth - tip.offsetWidth - 8))}px`;
    };
    const hideSoon = () => { leaving = setTimeout(hide, 150); }; // time for the pointer to reach the text

    for (const link of document.querySelectorAll("a.key-term[title]")) {
      const text = link.title;
      link.removeAttribute("title"); // or the browser would show it a second time
      link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show(link, text));
      link.addEventListener("pointerleave", hideSoon);
      link.addEventListener("focus", () => link.matches(":focus-visible") && show(link, text));
      link.addEventListener("blur", hide);
    }
    tip.addEventListener("pointerenter", () => clearTimeout(leaving));
    tip.addEventListener("pointerleave", hideSoon);
    addEventListener("keydown", (event) => event.key === "Escape" && hide());
  }

  function isInView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }

  // What scrolls sideways can be reached by keyboard.
  function scrollingRegions() {
    for (const region of document.querySelectorAll("div.highlight pre, .katex-html, .table-wrapper, .output pre")) {
      if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    }
  }

  sideBySide();
  languageSwitch();
  definitions();
  scrollingRegions();
  addEventListener("resize", scrollingRegions);
})();
