// What is looked at in each page, from within it. Every function gives a list of faults in words, empty when all is well.
// Evaluated by the browser's tools, so that it works where the page may run no script of its own.
(() => {
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""} "${text.slice(0, 40)}"`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });

  const rgba = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = colour.slice(0, 3).map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0.9) return colour;
    }
    return [255, 255, 255];
  };

  // Every element where Tab stops: of a group of radio buttons the chosen one only.
  const stops = () =>
    [...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, [tabindex]")].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.disabled &&
        shown(element) &&
        !(element.type === "radio" && !element.checked && document.querySelector(`[name="${element.name}"]:checked`)),
    );

  // What shows the focus of an element: itself, or the label of a field that is there for machines only.
  const bearer = (element) =>
    element.matches("input[type=radio], input[type=checkbox]") && element.getBoundingClientRect().width < 2
      ? element.nextElementSibling
      : element;

  const ringFaults = (element) => {
    const seen = bearer(element);
    const style = getComputedStyle(seen);
    const colour = rgba(style.outlineColor);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return ["shows no focus"];
    const inside = parseFloat(style.outlineOffset) < 0;
    const ratio = contrast(colour, ground(inside ? seen : seen.parentElement));
    return ratio < 3 ? [`shows its focus too faintly (${ratio.toFixed(1)}:1)`] : [];
  };

  const placeFaults = (element) => {
    const seen = bearer(element);
    seen.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    // A link may run over two lines: any of its boxes will do.
    const boxes = [...seen.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    if (!boxes.length) return ["takes the focus without being there to see"];
    const uncovered = boxes.some((box) => {
      const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 10)];
      const top = document.elementFromPoint(x, y);
      return top && (seen.contains(top) || top.contains(seen));
    });
    return uncovered ? [] : ["takes the focus behind something else, or outside the page"];
  };

  globalThis.access = {
    still() {
      const style = document.createElement("style");
      style.textContent = "*, ::before, ::after { transition: none !important; animation: none !important; }";
      document.head.append(style);
    },

    open() {
      for (const details of document.querySelectorAll("details")) details.open = true;
    },

    stops: () => stops().map(name),

    focused: () => (document.activeElement === document.body ? null : name(document.activeElement)),

    focus() {
      const faults = stops().flatMap((element) => {
        element.focus({ focusVisible: true });
        if (document.activeElement !== element) return [`${name(element)} takes no focus`];
        return [...ringFaults(element), ...placeFaults(element)].map((fault) => `${name(element)} ${fault}`);
      });
      document.activeElement.blur();
      // The search opens itself at the focus.
      document.querySelectorAll(".md-toggle:checked").forEach((toggle) => toggle.click());
      scrollTo(0, 0);
      return faults;
    },

    // Tables and charts may scroll in a region of their own; nothing else may reach over the edge.
    sideways() {
      const width = document.documentElement.clientWidth;
      const scrolls = (element) => {
        for (let at = element; at !== document.body && at; at = at.parentElement)
          if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(at).overflowX)) return true;
        return false;
      };
      const over = [...document.body.querySelectorAll("*")].filter(
        (element) => shown(element) && element.getBoundingClientRect().right > width + 1 && !scrolls(element),
      );
      return over.slice(0, 3).map((element) => `${name(element)} reaches over the edge at ${width} px`);
    },

    outline(language) {
      const faults = [];
      const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown);
      const levels = headings.map((heading) => Number(heading.tagName[1]));
      if (levels.filter((level) => level === 1).length !== 1 || levels[0] !== 1)
        faults.push(`headings begin ${levels.slice(0, 3)} and hold ${levels.filter((level) => level === 1).length} h1`);
      levels.forEach((level, at) => {
        if (at && level > levels[at - 1] + 1) faults.push(`${name(headings[at])} skips a level`);
      });
      if (document.documentElement.lang !== language) faults.push(`the page says lang=${document.documentElement.lang}`);
      return faults;
    },

    landmarks() {
      const [main, footer] = ["main", "footer"].map((tag) => [...document.querySelectorAll(tag)].filter(shown).length);
      const header = [...document.querySelectorAll("header")].filter((one) => shown(one) && !one.closest("article")).length;
      return main === 1 && header === 1 && footer === 1 ? [] : [`landmarks: ${main} main, ${header} header, ${footer} footer`];
    },

    colours(scheme) {
      const light = luminance(ground(document.body));
      return (scheme === "dark" ? light < 0.2 : light > 0.8) ? [] : [`the page is not ${scheme}`];
    },

    text: () => document.querySelector("main").innerText.replace(/\s+/g, " "),

    async axe(tags) {
      const found = await axe.run(document, {
        runOnly: { type: "tag", values: tags },
        resultTypes: ["violations"],
      });
      return found.violations.map(
        (one) => `${one.id}: ${one.help}, ${one.nodes.length} times, first at ${one.nodes[0].target} ${one.nodes[0].html.slice(0, 150)}`,
      );
    },
  };
})();
