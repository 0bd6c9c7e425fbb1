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

// What the page sends is changed before the theme's own listener, which is added below, gets to see it.
addEventListener("message", ({ data: message }) => {
  if (message.type === 0) {
    const { config, docs } = message.data;
    ends = ENDS[config.lang[0]] || [];
    for (const [field, added] of Object.entries(ADDED)) {
      config.fields[added] = config.fields[field];
      for (const entry of docs) entry[added] = plain(entry[field]).replace(/[\p{P}\p{S}]+/gu, " ");
    }
  } else if (message.type === 2) {
    // Beside others, words as short as "of" and "de" say nothing, and much begins like them.
    const words = plain(message.data).split(/\s+/);
    const telling = words.filter((word) => word.length > 2);
    message.data = (telling.length ? telling : words).join(" ");
  }
});

importScripts(location.search.slice(1));
