// Who and what the pretend desk of the tests consists of: invented people, conversations as they
// really go.
const person = (name, password, fullName, role, agent, queues) => ({
  name, password, full_name: fullName, role, agent, queues, units: agent > 0 ? 400 : 0,
});
const listed = [
  person("ani", "sawah hijau di pagi hari", "Ani Wulandari", "agent", 1, ["general", "complaints"]),
  person("budi", "kopi tubruk tanpa gula", "Budi Santoso", "agent", 2, ["general"]),
  person("citra", "layang-layang di musim kemarau", "Citra Lestari", "agent", 3,
    ["scams", "complaints"]),
  person("sri", "pasar pagi selalu ramai", "Sri Handayani", "supervisor", 4,
    ["general", "complaints", "scams"]),
  person("kurnia", "buku lama di rak tua", "Kurnia Putra", "content", 0, []),
  person("dewi", "hujan turun di bulan juni", "Dewi Anggraini", "administrator", 0, []),
  person("eko", "sepeda tua masih kuat", "Eko Prasetyo", "auditor", 0, []),
];
export const people = Object.fromEntries(listed.map((one) => [one.name, one]));
const agentOf = ({ agent, name, full_name, role, queues, units }, more = {}) => ({
  agent, name, full_name, supervisor: role === "supervisor", queues,
  presence: "online", load: 0, capacity: units, open: 0, connected: true, ...more,
});
const reply = (shortcut, title, category, id, en) => ({
  shortcut, title, category, text: { id, en },
});
export function world() {
  return {
    app: "Kontak 157",
    firstLink: "f1r5t",
    users: Object.values(people).map((one) => ({ ...one })),
    agents: [
      agentOf(people.ani),
      agentOf(people.budi),
      agentOf(people.citra, { presence: "away", reason: "lunch" }),
      agentOf(people.sri),
    ],
    queues: [
      { name: "general", title: { id: "Umum", en: "General" }, open: true },
      { name: "complaints", title: { id: "Pengaduan", en: "Complaints" }, open: true },
      { name: "scams", title: { id: "Penipuan", en: "Scams" }, open: false },
    ],
    codes: [
      { name: "answered", title: { id: "Pertanyaan terjawab", en: "Question answered" } },
      { name: "complaint_taken", title: { id: "Pengaduan diterima", en: "Complaint taken" } },
      { name: "referred", title: { id: "Dirujuk ke instansi lain", en: "Referred elsewhere" } },
      { name: "no_answer", title: { id: "Warga tidak menjawab", en: "Citizen did not answer" } },
    ],
    states: [
      { name: "rating", title: { id: "Minta penilaian", en: "Ask for a rating" } },
      { name: "menu", title: { id: "Menu utama", en: "Main menu" } },
    ],
    templates: [
      {
        name: "answer_ready",
        text: {
          id: "Ada jawaban untuk pertanyaan Anda. Balas pesan ini untuk membacanya.",
          en: "There is an answer to your question. Reply to this message to read it.",
        },
      },
      {
        name: "more_needed",
        text: {
          id: "Kami masih perlu keterangan dari Anda. Balas pesan ini untuk melanjutkan.",
          en: "We still need to know more from you. Reply to this message to go on.",
        },
      },
    ],
    replies: [
      reply("salam", "Salam pembuka", "Umum",
        "Selamat pagi {name|Bapak/Ibu}, saya {agent} dari Kontak 157. Ada yang bisa saya bantu?",
        "Good morning {name|Sir or Madam}, this is {agent} of Kontak 157. How can I help you?"),
      reply("tunggu", "Mohon menunggu", "Umum",
        "Mohon tunggu sebentar, saya periksa dulu.",
        "One moment please, I am looking it up."),
      reply("tiket", "Nomor tiket", "Pengaduan",
        "Pengaduan Anda kami catat dengan nomor {nomor tiket}.",
        "Your complaint is filed under number {ticket number}."),
      reply("lapor", "Cara melapor", "Pengaduan",
        "Untuk melapor, siapkan bukti percakapan, nama lembaga, dan tanggal kejadian.",
        "To report, have your messages, the name and the date ready."),
      reply("tutup", "Salam penutup", "Umum",
        "Terima kasih sudah menghubungi Kontak 157, {name|Bapak/Ibu}.",
        "Thank you for writing to Kontak 157, {name|Sir or Madam}."),
    ],
    settings: {
      open_max: 8, capacity: 400, note_length: 500, text_length: 4000,
      reasons: [
        { name: "lunch", title: { id: "Makan siang", en: "Lunch" } },
        { name: "meeting", title: { id: "Rapat", en: "Meeting" } },
      ],
    },
  };
}

const minute = 60_000;
export const citizens = {
  siti: "00000000000000a1",
  joko: "00000000000000a2",
  rina: "00000000000000a3",
  agus: "00000000000000a4",
  maria: "00000000000000a5",
};

// Four at the desk of Ani and around it, each with something of its own.
export function furnish(desk) {
  for (const add of [addSiti, addJoko, addRina, addAgus, addMaria]) add(desk, desk.now());
}

// Lines, each so many minutes before `now`.
const linesBefore = (now) => {
  const line = (from, minutes, text, more) =>
    ({ from, at: now - minutes * minute, ...(text ? { text } : {}), ...more });
  return {
    citizen: (minutes, text) => line("citizen", minutes, text),
    bot: (minutes, text, options) =>
      line("bot", minutes, text, { ...(options ? { options } : {}), delivery: "read" }),
    agent: (minutes, text, delivery, more) =>
      line("agent", minutes, text, { by: "ani", delivery, ...more }),
    note: (minutes, text) => line("note", minutes, text, { by: "ani" }),
    mark: (minutes, mark, more) => line("mark", minutes, "", { mark, ...more }),
  };
};

function addSiti(desk, now) {
  const ago = (minutes) => now - minutes * minute;
  const { citizen, bot, agent, note, mark } = linesBefore(now);
  const row = {
    citizen: citizens.siti, owner: "agent", agent: 1, channel: "whatsapp",
    address: "6281*****890", name: "Siti Rahmawati",
    summary: "Menanyakan izin Dana Pas, diminta membayar pajak hadiah",
    handed_at: ago(9), queued_at: ago(9), unanswered: 1,
    window_until: now + 3 * 60 * minute + 12 * minute,
    clocks: {
      first_reply: { used_ms: 140_000, running: false, breached: false },
      next_reply: { due: now + 95_000, used_ms: 85_000, running: true, breached: false },
      resolution: {
        due: now + 51 * minute, used_ms: 9 * minute, running: true, breached: false,
      },
    },
  };
  const lines = [
    bot(14, "Halo! Ini Kontak 157, layanan konsumen jasa keuangan. Ada yang bisa dibantu?",
      ["Izin lembaga", "Pengaduan", "Bicara dengan petugas"]),
    citizen(13, "apakah dana pas itu resmi? saya dapat hadiah tapi harus bayar pajak dulu"),
    bot(13, "Tidak ada nama yang persis sama dengan “dana pas”. " +
      "Hati-hati: nama yang mirip belum tentu pihak yang sama.", ["DANAMAS", "Bukan itu"]),
    citizen(12, "Bukan itu"),
    bot(12, "Saya sambungkan dengan petugas. Anda di urutan 2, perkiraan menunggu 3 menit."),
    mark(9, "handed", { queue: "general" }),
    mark(8, "accepted", { by: "ani" }),
    agent(7, "Selamat pagi Ibu Siti, saya Ani dari Kontak 157. " +
      "Boleh saya lihat pesan yang Ibu terima?", "read"),
    citizen(5, "ini bu, mereka minta transfer sekarang juga\n" +
      "katanya lewat https://dana-pas.example.com/hadiah?id=157"),
    note(4, "Nomor pengirim sudah ada di daftar laporan minggu lalu, pola yang sama."),
    agent(3, "Terima kasih, Bu. Mohon jangan transfer dulu. " +
      "Lembaga resmi tidak pernah meminta pajak hadiah di muka.", "delivered"),
    citizen(1, "baik bu, lalu saya harus bagaimana?"),
  ];
  const days = 60 * 24; // in minutes
  const panel = {
    fields: [
      { name: "nama", value: "Siti Rahmawati" },
      { name: "lembaga", value: "Dana Pas" },
      { name: "jumlah_diminta", value: "Rp 1.500.000" },
      { name: "nik", value: null },
    ],
    learned: [
      { name: "topik", value: "izin lembaga" },
      { name: "nama_diketik", value: "dana pas" },
      { name: "sudah_membayar", value: false },
    ],
    answers: [{
      at: ago(13), service: "registry.lookup", outcome: "similar",
      value: { exact: false, others: ["DANAMAS", "DANAKINI"], list_date: "2026-11-20" },
    }],
    tickets: [{
      number: "P-2026-01841", stage: "in_review", opened: ago(6 * days),
      due: now + 4 * days * minute, kind: "complaint",
    }],
    earlier: [
      { from: ago(30 * days), until: ago(30 * days - 12), outcome: "closed", code: "answered" },
    ],
  };
  desk.add(row, lines, panel);
}

function addJoko(desk, now) {
  const ago = (minutes) => now - minutes * minute;
  const { citizen, agent, mark } = linesBefore(now);
  const row = {
    citizen: citizens.joko, owner: "agent", agent: 1, channel: "web", address: "web-7f3a",
    name: "Joko Widagdo", summary: "Klaim asuransi ditolak", queue: "complaints",
    handed_at: ago(31), queued_at: ago(31), silent: true, awaited: true, weight: 50,
    clocks: {
      resolution: {
        due: now + 20 * minute, used_ms: 31 * minute, running: false, breached: false,
      },
    },
  };
  desk.add(row, [
    citizen(31, "klaim rawat inap saya ditolak, padahal premi selalu dibayar"),
    mark(30, "handed", { queue: "complaints" }),
    agent(28, "Selamat pagi Pak Joko. Boleh dikirim surat penolakannya?", "accepted"),
  ]);
}

function addRina(desk, now) {
  const ago = (minutes) => now - minutes * minute;
  const { citizen, agent, mark } = linesBefore(now);
  const row = {
    citizen: citizens.rina, owner: "agent", agent: 1, channel: "whatsapp",
    address: "6285*****412", summary: "Penagih menghubungi kontak di luar kontak darurat",
    queue: "complaints", handed_at: ago(60 * 25), queued_at: ago(60 * 25),
    window_until: ago(40), awaited: true, clocks: {},
  };
  desk.add(row, [
    citizen(60 * 25, "penagih menelepon kantor saya terus"),
    mark(60 * 25 - 2, "handed", { queue: "complaints" }),
    agent(60 * 24, "Terima kasih sudah melapor. Boleh disebutkan nama lembaganya?", "failed",
      { reason: "window_shut" }),
  ]);
}

function addAgus(desk, now) {
  const ago = (minutes) => now - minutes * minute;
  const { citizen, mark } = linesBefore(now);
  const row = {
    citizen: citizens.agus, owner: "queue", channel: "telegram", address: "@agus_s",
    name: "Agus Salim", language: "id",
    summary: "Rekening diblokir setelah penipuan, ingin tahu langkah berikutnya",
    queued_at: ago(3), handed_at: ago(3), position: 1, again: true,
    clocks: {
      first_reply: { due: now - 30_000, used_ms: 180_000, running: true, breached: true },
    },
  };
  desk.add(row, [
    citizen(3, "rekening saya diblokir, uang saya bagaimana?"),
    mark(3, "handed", { queue: "general" }),
  ]);
}

function addMaria(desk, now) {
  const ago = (minutes) => now - minutes * minute;
  const { citizen, mark } = linesBefore(now);
  const row = {
    citizen: citizens.maria, owner: "agent", agent: 2, channel: "web", address: "web-12c9",
    name: "Maria Gomes", language: "en", summary: "Asks whether a crypto platform is licensed",
    handed_at: ago(6), queued_at: ago(6), unanswered: 2,
    clocks: {
      next_reply: { due: now - 4 * minute, used_ms: 300_000, running: true, breached: true },
    },
  };
  desk.add(row, [
    citizen(6, "Hello, is this platform licensed? It promises 3% a day."),
    mark(6, "accepted", { by: "budi" }),
  ]);
}

// Many who wait, for lists.
export function crowd(desk, count) {
  const first = "Andi Bayu Dian Fitri Gita Hendra Indah Joni Kartika Lukman".split(" ");
  const last = "Saputra Wijaya Permata Siregar Nasution Harahap Kusuma Pratama".split(" ");
  for (let i = 0; i < count; i++) {
    const at = desk.now() - (count - i) * 1000;
    desk.add({
      citizen: (0xb000000 + i).toString(16).padStart(16, "0"),
      queue: ["general", "complaints"][i % 2],
      channel: ["web", "whatsapp", "telegram"][i % 3],
      address: `628${String(1000000 + i)}`,
      name: `${first[i % 10]} ${last[i % 8]} ${i}`,
      summary: "Menanyakan izin sebuah lembaga",
      position: Math.floor(i / 2) + 1, queued_at: at, handed_at: at,
      last: { from: "citizen", text: "apakah pinjaman ini resmi?", at },
    });
  }
}
