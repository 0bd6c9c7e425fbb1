// What is looked at in each page, from within it. Every function gives a list of faults in words, empty when all is well.
// Evaluated by the browser's tools, so that it works where the page may run no script of its own.
(() => {
  const name = (element) => {
    const text = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ");
    return `${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""} "${text.slice(0, 40)}"`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

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

  const ringFaults = (element) => {
    const style = getComputedStyle(element);
    const colour = rgba(style.outlineColor);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return ["shows no focus"];
    const inside = parseFloat(style.outlineOffset) < 0 || !element.parentElement;
    const ratio = contrast(colour, ground(inside ? element : element.parentElement));
    return ratio < 3 ? [`shows its focus too faintly (${ratio.toFixed(1)}:1)`] : [];
  };

  const placeFaults = (element) => {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    // A link may run over two lines: any of its boxes will do.
    const boxes = [...element.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    if (!boxes.length) return ["takes the focus without being there to see"];
    const uncovered = boxes.some((box) => {
      // Of a box that is taller than the window, what is in its middle.
      const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
      const top = document.elementFromPoint(box.left + box.width / 2, y);
      return top && (element.contains(top) || top.contains(element));
    });
    return uncovered ? [] : ["takes the focus behind something else, or outside the page"];
  };

  // Axe takes minutes over the whole plan on one page. Such a page is looked at in parts, with the others taken out.
  const MOST = 3000;
  const size = (element) => element.querySelectorAll("*").length;
  const units = (element) => (size(element) < MOST ? [element] : [...element.children].flatMap(units));
  const parts = () => {
    if (size(document.body) < 3 * MOST) return [null];
    const found = [[]];
    for (const unit of units(document.querySelector("main"))) {
      const last = found[found.length - 1];
      if (last.length && last.reduce((sum, one) => sum + size(one), size(unit)) > MOST) found.push([unit]);
      else last.push(unit);
    }
    return found;
  };
  const inParts = async (check) => {
    const faults = [];
    const all = parts();
    for (const part of all) {
      const away = part ? all.flat().filter((unit) => !part.includes(unit)) : [];
      const marks = away.map((unit) => {
        const mark = document.createComment("");
        unit.replaceWith(mark);
        return [mark, unit];
      });
      faults.push(...(await check(part !== null)));
      for (const [mark, unit] of marks) mark.replaceWith(unit);
    }
    return faults;
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

    // What has the focus now; nothing once Tab has left the page or begins again.
    visited: new Set(),
    focused() {
      const here = document.activeElement;
      if (here === document.body || access.visited.has(here)) return null;
      access.visited.add(here);
      return name(here);
    },

    // Writes down where the focus comes, each place once: asking after every key would take longer than the keys.
    followed: [],
    follow() {
      document.addEventListener("focusin", () => {
        const here = access.focused();
        if (here !== null) access.followed.push(here);
      });
    },

    async focus(onlyColours) {
      const faults = stops().flatMap((element) => {
        element.focus({ focusVisible: true });
        if (document.activeElement !== element) return [`${name(element)} takes no focus`];
        const place = onlyColours ? [] : placeFaults(element);
        return [...ringFaults(element), ...place].map((fault) => `${name(element)} ${fault}`);
      });
      document.activeElement.blur();
      // The search opens itself at the focus.
      document.querySelectorAll(".md-toggle:checked").forEach((toggle) => toggle.click());
      for (const element of document.querySelectorAll("*")) if (element.scrollTop || element.scrollLeft) element.scrollTo(0, 0);
      scrollTo(0, 0);
      // What moves along with the page is back in its place in the frame after the next.
      for (let times = 0; times < 2; times++) await new Promise(requestAnimationFrame);
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
        (element) => seen(element) && element.getBoundingClientRect().right > width + 1 && !scrolls(element),
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

    // Documents for paper have no frame: no footer of the site, and no dark.
    landmarks() {
      const [main, footer] = ["main", "footer"].map((tag) => [...document.querySelectorAll(tag)].filter(shown).length);
      const header = [...document.querySelectorAll("header")].filter((one) => shown(one) && !one.closest("article")).length;
      const frame = document.querySelector(".md-container") ? 1 : 0;
      return main === 1 && header >= frame && header <= 1 && footer === frame ? [] : [`landmarks: ${main} main, ${header} header, ${footer} footer`];
    },

    // Only a document for paper may do without dark colours, and then without any.
    hasDark() {
      const mentions = (rules) =>
        [...rules].some((rule) => (rule.conditionText || "").includes("scheme") || (rule.cssRules && mentions(rule.cssRules)));
      const paper = document.querySelector(".sp-printed") && !document.querySelector(".md-container");
      return !paper || [...document.styleSheets].some((sheet) => sheet.media.mediaText.includes("scheme") || mentions(sheet.cssRules));
    },

    hasScripts: () =>
      [...document.querySelectorAll("script")].some((script) => script.type !== "application/ld+json") ||
      [...document.querySelectorAll("*")].some((element) => element.getAttributeNames().some((one) => one.startsWith("on"))),

    // The reader prefers this scheme now: a page with scripts follows when it is switched, all others by themselves.
    async become(scheme) {
      if (access.colours(scheme).length) document.querySelector("[data-md-component=palette] button:not([hidden])")?.click();
      for (let times = 0; access.colours(scheme).length && times < 50; times++) await new Promise((done) => setTimeout(done, 20));
      return access.colours(scheme);
    },

    colours(scheme) {
      const light = luminance(ground(document.body));
      return (scheme === "dark" ? light < 0.2 : light > 0.8) ? [] : [`the page is not ${scheme}`];
    },

    // Where everything stands: whatever depends on more than colours is the same when this is.
    stands() {
      // The switch itself says what it will do, so it differs; each of its sides has its turn at one of the widths.
      const elements = [...document.querySelectorAll("*")].filter((one) => !one.closest("[data-md-component=palette]"));
      const places = elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [element.tagName, x, y + scrollY, width, height, shown(element)].join();
      });
      return places.join(";");
    },

    text: () => document.querySelector("main").innerText.replace(/\s+/g, " "),

    look: (tags, onlyColours, focus) =>
      inParts(async (part) => [
        ...(await access.axe(tags, part, onlyColours)),
        ...access.landmarks(),
        ...(focus ? await access.focus(onlyColours) : []),
      ]),

    async axe(tags, part, onlyColours) {
      // Headings of a part begin anywhere; `outline` looks at those of the whole page.
      const whole = part ? ["heading-order", "page-has-heading-one"] : [];
      const left = axe.getRules(tags).filter((rule) => whole.includes(rule.ruleId) || (onlyColours && !rule.tags.includes("cat.color")));
      const found = await axe.run(document, {
        runOnly: { type: "tag", values: tags },
        rules: Object.fromEntries(left.map((rule) => [rule.ruleId, { enabled: false }])),
        resultTypes: ["violations"],
        reporter: "no-passes",
      });
      return found.violations.map(
        (one) => `${one.id}: ${one.help}, ${one.nodes.length} times, first at ${one.nodes[0].target} ${one.nodes[0].html.slice(0, 150)}`,
      );
    },
  };
})();
