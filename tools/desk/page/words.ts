// What the page says, in the language that its user reads. The words stand in words_id.ts and
// words_en.ts, those for the service's words in service_words_id.ts and service_words_en.ts.
import { computed, effect, signal } from "@preact/signals";
import { prefs } from "./prefs";
import type { Language } from "./protocol";
import { groupsInEnglish } from "./service_words_en";
import { groupsInIndonesian } from "./service_words_id";
import { english } from "./words_en";
import { indonesian } from "./words_id";

export type Key = keyof typeof english;
export type Group = keyof typeof groupsInEnglish;

const ofApp = signal<Language>("id");
export const setAppLanguage = (language: Language): void => void (ofApp.value = language);
function ofBrowser(): Language | undefined {
  for (const tag of navigator.languages) {
    if (/^(id|in|ms|jv|su)\b/i.test(tag)) return "id";
    if (/^en\b/i.test(tag)) return "en";
  }
  return undefined;
}
export const language = computed<Language>(
  () => prefs.value.language || (ofBrowser() ?? ofApp.value),
);
effect(() => void (document.documentElement.lang = language.value));

const words = { id: indonesian, en: english };
const groups = { id: groupsInIndonesian, en: groupsInEnglish };

// `{name}` in the words is replaced by the value of that name.
export function say(key: Key, values: Record<string, string | number> = {}): string {
  return words[language.value][key].replace(/\{(\w+)\}/g, (all, name: string) =>
    String(values[name] ?? all),
  );
}
// The service's own words for outcomes; one that is not known is shown as it is.
export function wordFor(group: Group, word: string): string {
  const known: Partial<Record<string, string>> = groups[language.value][group];
  return Object.hasOwn(known, word) ? (known[word] ?? word) : humanName(word);
}
// Why a message never arrived: the service's word, or WhatsApp's code and then words for operators.
export function failureWord(reason: string): string {
  const code = /^\d+(?=: )/.exec(reason)?.[0] ?? "";
  return wordFor("failure", Object.hasOwn(groups[language.value].failure, code) ? code : reason);
}
// A name of code as a person would write it: `wrong_number` is "Wrong number".
export function humanName(name: string): string {
  const text = name.replace(/[._-]+/g, " ").trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
export const count = (key: Key, n: number): string => say(key, { n });
