// What graph_sim tells, two clients of the same API that others have written believe and
// understand.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {webcrypto} from "node:crypto";
import {test} from "node:test";
import {normalizeWebhook, verifySignature} from "@kapso/whatsapp-cloud-api/server";
import {WhatsAppAPI} from "whatsapp-api-js";

globalThis.crypto ??= webcrypto;  // Debian 12's Node.js has no such global
const appSecret = "the-secret-of-an-app-that-is-played";
const webhooks = execFileSync(process.env.ALUR_WHATSAPP_WEBHOOKS, {encoding: "utf8"})
  .trimEnd().split("\n").map(line => JSON.parse(line));
const EXPECTED = ["text", "image", "location", "reaction", "sent", "delivered", "read",
                  "button_reply 1.b", "sent", "delivered", "read", "list_reply 2.a", "text"];

const kindOf = message => {
  if (message.type !== "interactive") return message.type;
  const {type} = message.interactive;  // one of the clients writes buttonReply
  const reply = message.interactive[type] ??
                message.interactive[type.replace(/_(.)/, (_, letter) => letter.toUpperCase())];
  return `${message.interactive.type} ${reply.id}`;
};

test("whatsapp-api-js takes every webhook, and refuses one that was touched", async () => {
  const api = new WhatsAppAPI({token: "t", appSecret, v: "v25.0"});
  const heard = [];
  api.on.message = ({message}) => void heard.push(kindOf(message));
  api.on.status = ({status}) => void heard.push(status);
  for (const {body, signature} of webhooks) await api.post(JSON.parse(body), body, signature);
  assert.deepEqual(heard.sort(), [...EXPECTED].sort());
  const {body, signature} = webhooks[0];
  await assert.rejects(api.post(JSON.parse(body), body.replace("Halo", "Halo "), signature));
});

test("@kapso/whatsapp-cloud-api takes every webhook, and refuses one that was touched", () => {
  const heard = [];
  for (const {body, signature} of webhooks) {
    assert.ok(verifySignature({appSecret, rawBody: body, signatureHeader: signature}));
    const told = normalizeWebhook(JSON.parse(body));
    heard.push(...told.messages.map(kindOf), ...told.statuses.map(one => one.status));
  }
  assert.deepEqual(heard.sort(), [...EXPECTED].sort());
  const {body, signature} = webhooks[0];
  assert.ok(!verifySignature({appSecret, rawBody: `${body} `, signatureHeader: signature}));
});

test("the bodies are ASCII and say what was said", () => {
  const bodies = webhooks.map(one => one.body);
  assert.ok(bodies.every(body => /^[\x20-\x7e]*$/.test(body)));
  assert.ok(bodies[0].includes("\\ud83d\\ude00"));
  const {messages, contacts} = JSON.parse(bodies[0]).entry[0].changes[0].value;
  assert.equal(messages[0].text.body, "Halo 😀 café </b> \\ \"q\"");
  assert.equal(contacts[0].profile.name, "Ani Lestari ✓");
  const hidden = bodies.map(body => JSON.parse(body).entry[0].changes[0].value.messages?.[0])
    .find(message => message?.text?.body === "tanpa nomor");
  assert.equal(hidden.from, undefined);
  assert.equal(hidden.from_user_id, "ID.13491208655302741918");
});
