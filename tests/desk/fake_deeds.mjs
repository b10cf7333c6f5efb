// What each frame of the page does at the pretend desk, and what it refuses: a deed gives what its
// `done` holds, or throws the word that it is refused with.
const offerMs = 30_000;

function known(desk, citizen) {
  const conversation = desk.conversations.get(citizen);
  if (!conversation) throw "unknown";
  return conversation;
}
// The conversation of whoever owns it, under the epoch that they know.
function owned(desk, { user }, frame) {
  const conversation = known(desk, frame.citizen);
  const { row } = conversation;
  if (row.owner !== "agent" || row.agent !== user.agent) throw "not_owner";
  if (row.epoch !== frame.epoch) throw "stale";
  return conversation;
}
// The one that is offered to them, likewise.
function offered(desk, { user }, frame) {
  const conversation = desk.conversations.get(frame.citizen);
  const row = conversation?.row;
  if (row?.agent !== user.agent || row.owner !== "queue") throw "not_offered";
  if (row.epoch !== frame.epoch) throw "stale";
  return conversation;
}
const agentOf = (desk, number) => desk.agents.find((one) => one.agent === number);
const lineWithKey = (conversation, key) => conversation.lines.find((line) => line.key === key);

function fileOf(desk, { citizen, file: name }) {
  const upload = name && desk.uploads.get(`${citizen}/${name}`);
  if (!upload) return {};
  const { mime } = upload;
  const picture = mime.startsWith("image/");
  const href = `/api/files/${citizen}/${name}`;
  return { file: { name: upload.name, mime, size: upload.body.length, picture, href } };
}

// Of `say` and `template`: the text, once; the second time the line that it became.
function speak(desk, one, frame, text) {
  const conversation = owned(desk, one, frame);
  const { user } = one;
  const line = desk.addLine(
    conversation,
    {
      from: "agent", by: user.name, text, ...fileOf(desk, frame),
      ...(frame.reply_to ? { reply_to: frame.reply_to } : {}),
      key: frame.key, delivery: "pending", epoch: frame.epoch,
    },
    { unanswered: 0, awaited: true },
  );
  desk.said.push({ citizen: frame.citizen, by: user.name, text, key: frame.key });
  desk.deliver?.(conversation, line);
  return { line };
}
const isShut = (desk, { row }) => row.window_until <= desk.now();

function endAtBot(desk, conversation, outcome, mark) {
  desk.addLine(conversation, { from: "mark", mark: outcome, ...mark });
  desk.setRow(conversation, { owner: "bot", agent: undefined, outcome }, outcome);
}

export const deeds = {
  ping: () => {},
  presence: (desk, { user }, { presence, reason }) =>
    void desk.setAgent(agentOf(desk, user.agent), { presence, reason }),
  accept: (desk, one, frame) => {
    const conversation = offered(desk, one, frame);
    const mine = { owner: "agent", offered_until: undefined, position: undefined };
    desk.setRow(conversation, mine);
    desk.addLine(conversation, { from: "mark", mark: "accepted", by: one.user.name });
  },
  decline: (desk, one, frame) => {
    const nobodys = { agent: undefined, offered_until: undefined };
    desk.setRow(offered(desk, one, frame), nobodys, "declined");
  },
  say: (desk, one, frame) => {
    const conversation = owned(desk, one, frame);
    const before = lineWithKey(conversation, frame.key);
    if (before) return { line: before };
    if (isShut(desk, conversation)) throw "window_shut";
    const answered = conversation.lines.find((line) => line.line === frame.reply_to);
    if (frame.reply_to !== undefined && answered?.from !== "citizen") throw "unknown";
    return speak(desk, one, frame, frame.text);
  },
  template: (desk, one, frame) => {
    const conversation = owned(desk, one, frame);
    const template = desk.templates.find((is) => is.name === frame.template);
    if (!template) throw "no_template";
    const before = lineWithKey(conversation, frame.key);
    if (before) return { line: before };
    if (!isShut(desk, conversation)) throw "window_open";
    const { id, ...others } = template.text;
    return speak(desk, one, frame, others[conversation.row.language] ?? id);
  },
  note: (desk, { user }, { citizen, text, key }) => {
    const conversation = known(desk, citizen);
    const note = { from: "note", by: user.name, text, key };
    return { line: lineWithKey(conversation, key) ?? desk.addLine(conversation, note) };
  },
  typing: (desk, one, { citizen }) => {
    for (const other of desk.sockets) {
      if (other === one || !other.opened.has(citizen)) continue;
      desk.tell(other, { is: "typing", citizen, by: one.user.name });
    }
  },
  transfer: (desk, one, frame) => {
    const conversation = owned(desk, one, frame);
    const { note, to_queue: queue } = frame;
    const to = agentOf(desk, frame.to_agent);
    desk.addLine(conversation, {
      from: "mark", mark: "transferred", by: one.user.name, to: to?.name, queue, note,
    });
    const hasRoom = to && to.load + 100 <= to.capacity;
    desk.setRow(conversation, {
      owner: "queue", queued_at: desk.now(), note,
      agent: hasRoom ? to.agent : undefined,
      ...(hasRoom ? { offered_until: desk.now() + offerMs } : {}),
      ...(queue ? { queue } : {}),
    });
  },
  return: (desk, one, frame) => {
    const conversation = owned(desk, one, frame);
    endAtBot(desk, conversation, "returned", { by: one.user.name, state: frame.state });
  },
  close: (desk, one, frame) => {
    const conversation = owned(desk, one, frame);
    if (!desk.codes.some((code) => code.name === frame.code)) throw "no_code";
    endAtBot(desk, conversation, "closed", { by: one.user.name, code: frame.code });
  },
  assign: (desk, { user }, frame) => {
    if (user.role !== "supervisor") throw "not_allowed";
    const conversation = known(desk, frame.citizen);
    const { row } = conversation;
    if (row.owner === "bot") throw "unknown";
    if (row.epoch !== frame.epoch) throw "stale";
    const to = agentOf(desk, frame.to_agent);
    if (!to) throw "nobody";
    if (to.load + row.weight > to.capacity && !frame.overfill) throw "full";
    desk.write(user, frame.overfill ? "overfill" : "assign", frame.citizen, to.name);
    desk.setRow(conversation, { owner: "agent", agent: to.agent, offered_until: undefined });
    desk.addLine(conversation, { from: "mark", mark: "assigned", by: user.name, to: to.name });
  },
  open: (desk, one, { citizen }) => {
    const conversation = known(desk, citizen);
    one.opened.add(citizen);
    desk.write(one.user, "open", citizen);
    setTimeout(() => desk.view(citizen));
    return { panel: conversation.panel, ...desk.page(conversation, Infinity) };
  },
  shut: (desk, one, { citizen }) => {
    one.opened.delete(citizen);
    desk.view(citizen);
  },
  older: (desk, one, { citizen, before }) => desk.page(known(desk, citizen), before),
};
