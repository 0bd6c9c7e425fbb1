// The theme's search, which also finds words without their accents, and one thing where many are named.
"use strict";

// Ends of words for many, and those for one in their place; the search itself finds what begins like a word.
const ENDS = {
  en: [[/ies$/, "y"], [/(s|x|z|ch|sh)es$/, "$1"], [/([^su])s$/, "$1"]],
  es: [[/ces$/, "z"], [/([dlnrsy])es$/, "$1"], [/([aeiou])s$/, "$1"]],
};
const ADDED = { title: "plain_title", text: "plain_text" };
let ends = [];

const plain = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC").toLowerCase()
    .replace(/[^\s\p{P}\p{S}]{4,}/gu, (word) => {
      const end = ends.find(([many]) => many.test(word));
      return end ? word.replace(...end) : word;
    });

const withPlain = ({ config, docs, ...rest }) => {
  ends = ENDS[config.lang[0]] || [];
  for (const [field, added] of Object.entries(ADDED)) {
    config.fields[added] = config.fields[field];
    for (const entry of docs) entry[added] = plain(entry[field]).replace(/[\p{P}\p{S}]+/gu, " ");
  }
  return { config, docs, ...rest };
};

// Beside others, words as short as "of" and "de" say nothing, and much begins like them.
const telling = (query) => {
  const words = plain(query).split(/\s+/);
  const long = words.filter((word) => word.length > 2);
  return (long.length ? long : words).join(" ");
};

// The theme's own search is larger than most pages, and most readers never ask it anything: it is loaded at the first
// question. Until then the page is told that all is ready.
const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
const passed = new WeakSet();
let setup = null;
let theme = null;

const pass = (type, data) => {
  const event = new MessageEvent("message", { data: { type, data } });
  passed.add(event);
  dispatchEvent(event);
};

const load = () =>
  new Promise((ready) => {
    const post = self.postMessage.bind(self);
    self.postMessage = (message) => (message.type === READY ? ready() : post(message));
    importScripts(location.search.slice(1));
    pass(SETUP, withPlain(setup));
  });

addEventListener("message", (event) => {
  if (passed.has(event)) return;
  event.stopImmediatePropagation();
  const { type, data } = event.data;
  if (type === SETUP) {
    setup = data;
    postMessage({ type: READY });
  } else if (type === QUERY && !data.trim()) {
    // The page asks for nothing as soon as it is there.
    postMessage({ type: RESULT, data: { items: [] } });
  } else if (type === QUERY) {
    theme ||= load();
    theme.then(() => pass(QUERY, telling(data)));
  }
});
