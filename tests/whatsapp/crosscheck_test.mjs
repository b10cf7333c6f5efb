// What we send is what two other clients of the same API send for the same content, but for the
// differences that docs/whatsapp.md lists and DIFFERENCES states; and, where the schema is at hand
// that was derived from Meta's own, it is valid.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {webcrypto} from "node:crypto";
import {existsSync, readFileSync} from "node:fs";
import {test} from "node:test";
import {WhatsAppClient} from "@kapso/whatsapp-cloud-api";
import Ajv from "ajv/dist/2020.js";
import {WhatsAppAPI} from "whatsapp-api-js";
import * as wa from "whatsapp-api-js/messages";

globalThis.crypto ??= webcrypto;  // Debian 12's Node.js has no such global
const messages = JSON.parse(readFileSync("messages.json", "utf8"));
const program = process.env.ALUR_WHATSAPP_BODIES;
const ours = new Map(
  execFileSync(program, ["messages.json"], {encoding: "utf8"}).trimEnd().split("\n").map(line => {
    const end = line.indexOf("} ") + 1;
    return [JSON.parse(line.slice(0, end)).name, JSON.parse(line.slice(end))];
  }));

// --- the other clients, whose requests go into a variable

let sent;
const fetch = async (_, options) => {
  sent = JSON.parse(options.body);
  const answer = {
    messaging_product: "whatsapp",
    success: true,
    contacts: [{ input: "1", wa_id: "1" }],
    messages: [{ id: "wamid.A" }],
  };
  return new Response(JSON.stringify(answer), {headers: {"content-type": "application/json"}});
};
const number = "1001";
const phone = "+628111000157";
const id = "157";
const api = new WhatsAppAPI({token: "t", appSecret: "s", v: "v25.0", ponyfill: {fetch}});
const kapso = new WhatsAppClient({accessToken: "t", graphVersion: "v25.0", fetch});

const bodyOf = message => message.body.repeat(message.times ?? 1);
const or = (text, otherwise) => (text === undefined || text === "" ? otherwise : text);

// --- whatsapp-api-js

function templateOf(message) {
  const parts = [];
  if (message.header) {
    parts.push(new wa.HeaderComponent(new wa.HeaderParameter(new wa.Image(message.header[1]))));
  }
  if (message.texts) {
    parts.push(new wa.BodyComponent(
      ...message.texts.map(([text, name]) => new wa.BodyParameter(text, or(name, undefined)))));
  }
  for (const [kind, , value] of message.buttons ?? []) {
    const button = {
      quick_reply: wa.PayloadComponent,
      url: wa.URLComponent,
      copy_code: wa.CopyComponent,
    };
    parts.push(new button[kind](value));
  }
  return new wa.Template(message.template, message.language, ...parts);
}

const media = message => [message.id ?? message.link, message.id !== undefined];
const asApiJs = {
  text: m => new wa.Text(bodyOf(m)),
  buttons: m => new wa.Interactive(
    new wa.ActionButtons(...m.choices.map(([tap, label]) => new wa.Button(tap, label))),
    new wa.Body(m.body)),
  list: m => new wa.Interactive(
    new wa.ActionList(m.button, new wa.ListSection(undefined, ...m.choices.map(
      ([tap, label, hint]) => new wa.Row(tap, label, or(hint, undefined))))),
    new wa.Body(m.body)),
  link: m => new wa.Interactive(new wa.ActionCTA(m.label, m.url), new wa.Body(m.body)),
  image: m => new wa.Image(...media(m), m.caption),
  document: m => new wa.Document(...media(m), m.caption, m.file_name),
  video: m => new wa.Video(...media(m), m.caption),
  audio: m => new wa.Audio(...media(m)),
  sticker: m => new wa.Sticker(...media(m)),
  place: m => new wa.Location(Number(m.longitude), Number(m.latitude), m.place, m.address),
  place_request: m => new wa.Interactive(new wa.ActionLocation(), new wa.Body(m.body)),
  reaction: m => new wa.Reaction(m.message_id, m.emoji),
  template: templateOf,
};

async function byApiJs(message) {
  if (message.kind === "read") {
    await api.markAsRead(number, message.message_id, message.typing ? "text" : undefined);
  } else {
    await api.sendMessage(number, message.user ?? phone, asApiJs[message.kind](message),
                          message.reply_to, id);
  }
  return sent;
}

// --- @kapso/whatsapp-cloud-api

const mediaOf = (m, ...more) => Object.fromEntries(
  [["id", m.id], ["link", m.link], ...more].filter(([, value]) => value !== undefined));
const componentsOf = m => [
  ...(m.header
    ? [{ type: "header", parameters: [{ type: "image", image: { link: m.header[1] } }] }]
    : []),
  ...(m.texts ? [{type: "body", parameters: m.texts.map(([text, name]) => (
    name === "" ? {type: "text", text} : {type: "text", text, parameterName: name}))}] : []),
  ...(m.buttons ?? []).map(([kind, type, value], index) => ({
    type: "button", subType: kind, index: String(index),
    parameters: [{type, [type.replace(/_(.)/, (_, c) => c.toUpperCase())]: value}]})),
];
const asKapso = {
  text: (to, m) => kapso.messages.sendText({...to, body: bodyOf(m)}),
  buttons: (to, m) => kapso.messages.sendInteractiveButtons(
    {...to, bodyText: m.body, buttons: m.choices.map(([tap, title]) => ({id: tap, title}))}),
  list: (to, m) => kapso.messages.sendInteractiveList(
    {...to, bodyText: m.body, buttonText: m.button, sections: [{rows: m.choices.map(
      ([tap, title, description]) => ({id: tap, title, description}))}]}),
  link: (to, m) => kapso.messages.sendInteractiveCtaUrl(
    {...to, bodyText: m.body, parameters: {displayText: m.label, url: m.url}}),
  image: (to, m) => kapso.messages.sendImage({...to, image: mediaOf(m, ["caption", m.caption])}),
  document: (to, m) => kapso.messages.sendDocument(
    {...to, document: mediaOf(m, ["caption", m.caption], ["filename", m.file_name])}),
  video: (to, m) => kapso.messages.sendVideo({...to, video: mediaOf(m, ["caption", m.caption])}),
  audio: (to, m) => kapso.messages.sendAudio({...to, audio: mediaOf(m)}),
  sticker: (to, m) => kapso.messages.sendSticker({...to, sticker: mediaOf(m)}),
  place: (to, m) => kapso.messages.sendLocation({...to, location: Object.fromEntries(
    [["latitude", Number(m.latitude)], ["longitude", Number(m.longitude)], ["name", m.place],
     ["address", m.address]].filter(([, value]) => value !== undefined))}),
  place_request: (to, m) => kapso.messages.sendInteractiveLocationRequest(
    {...to, bodyText: m.body, parameters: {requestMessage: m.body}}),
  reaction: (to, m) => kapso.messages.sendReaction(
    {...to, reaction: {messageId: m.message_id, emoji: m.emoji}}),
  template: (to, m) => kapso.messages.sendTemplate({...to, template: {
    name: m.template, language: {code: m.language, policy: "deterministic"},
    ...(componentsOf(m).length > 0 ? {components: componentsOf(m)} : {})}}),
};

async function byKapso(message) {
  if (message.kind === "read") {
    await kapso.messages.markRead({phoneNumberId: number, messageId: message.message_id,
                                   ...(message.typing ? {typingIndicator: {type: "text"}} : {})});
    return sent;
  }
  await asKapso[message.kind]({
    phoneNumberId: number,
    ...(message.user ? {recipient: message.user} : {to: phone}),
    bizOpaqueCallbackData: id,
    ...(message.reply_to ? {contextMessageId: message.reply_to} : {}),
  }, message);
  return sent;
}

// --- what is different, and made equal before it is compared; each must be needed

const DIFFERENCES = [
  {client: byApiJs, what: "a template's button has its index as a number",
   of: body => body.template?.components?.filter(one => one.type === "button") ?? [],
   undo: button => { button.index = String(button.index); }},
  {
    client: byKapso,
    what: "where are you: the words stand a second time, in the action",
    of: (body) =>
      body.interactive?.type === "location_request_message" ? [body.interactive.action] : [],
    undo: (action) => {
      delete action.parameters;
    },
  },
];

const used = new Set();
for (const [name, client] of [
  ["whatsapp-api-js", byApiJs],
  ["@kapso/whatsapp-cloud-api", byKapso],
]) {
  for (const message of messages) {
    test(`${name}: ${message.name}`, async () => {
      const theirs = await client(message);
      for (const difference of DIFFERENCES.filter(one => one.client === client)) {
        for (const part of difference.of(theirs)) {
          const before = JSON.stringify(part);
          difference.undo(part);
          if (JSON.stringify(part) !== before) used.add(difference);
        }
      }
      assert.deepEqual(ours.get(message.name), theirs);
    });
  }
}

test("every difference that is stated is there", () => {
  assert.deepEqual(DIFFERENCES.filter(one => !used.has(one)).map(one => one.what), []);
});

// --- Meta's schema

// What Meta's pages have and the schema, of v23.0, does not: codes to copy.
const SCHEMA_LACKS = new Set(["a template with a code"]);

const schema = `${process.env.ALUR_SHARED ?? ""}/data/whatsapp/send.schema.json`;
test("every body is valid", {skip: !existsSync(schema)}, () => {
  const validate = new Ajv({strict: false, allErrors: true, logger: false})
    .compile(JSON.parse(readFileSync(schema, "utf8")));
  for (const [name, body] of ours) {
    const valid = validate(body);
    assert.equal(valid, !SCHEMA_LACKS.has(name), `${name}: ${JSON.stringify(validate.errors)}`);
  }
});
