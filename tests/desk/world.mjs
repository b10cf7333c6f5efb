// Who and what the pretend desk of the tests consists of: invented people, conversations as they
// really go.
export const people = {
  ani: { name: "ani", password: "sawah hijau di pagi hari", full_name: "Ani Wulandari", role: "agent", agent: 1, queues: ["general", "complaints"], units: 400 },
  budi: { name: "budi", password: "kopi tubruk tanpa gula", full_name: "Budi Santoso", role: "agent", agent: 2, queues: ["general"], units: 400 },
  citra: { name: "citra", password: "layang-layang di musim kemarau", full_name: "Citra Lestari", role: "agent", agent: 3, queues: ["scams", "complaints"], units: 400 },
  sri: { name: "sri", password: "pasar pagi selalu ramai", full_name: "Sri Handayani", role: "supervisor", agent: 4, queues: ["general", "complaints", "scams"], units: 400 },
  kurnia: { name: "kurnia", password: "buku lama di rak tua", full_name: "Kurnia Putra", role: "content", agent: 0, queues: [], units: 0 },
  dewi: { name: "dewi", password: "hujan turun di bulan juni", full_name: "Dewi Anggraini", role: "administrator", agent: 0, queues: [], units: 0 },
  eko: { name: "eko", password: "sepeda tua masih kuat", full_name: "Eko Prasetyo", role: "auditor", agent: 0, queues: [], units: 0 },
};
const agentOf = ({ agent, name, full_name, role, queues, units }, more = {}) => ({
  agent, name, full_name, supervisor: role === "supervisor", queues, presence: "online", load: 0, capacity: units, open: 0, connected: true, ...more,
});
export function world() {
  return {
    app: "Kontak 157",
    firstLink: "f1r5t",
    users: Object.values(people).map((one) => ({ ...one })),
    agents: [agentOf(people.ani), agentOf(people.budi), agentOf(people.citra, { presence: "away", reason: "lunch" }), agentOf(people.sri)],
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
      { name: "answer_ready", text: { id: "Ada jawaban untuk pertanyaan Anda. Balas pesan ini untuk membacanya.",
        en: "There is an answer to your question. Reply to this message to read it." } },
      { name: "more_needed", text: { id: "Kami masih perlu keterangan dari Anda. Balas pesan ini untuk melanjutkan.",
        en: "We still need to know more from you. Reply to this message to go on." } },
    ],
    replies: [
      { shortcut: "salam", title: "Salam pembuka", category: "Umum", text: {
        id: "Selamat pagi {name|Bapak/Ibu}, saya {agent} dari Kontak 157. Ada yang bisa saya bantu?",
        en: "Good morning {name|Sir or Madam}, this is {agent} of Kontak 157. How can I help you?" } },
      { shortcut: "tunggu", title: "Mohon menunggu", category: "Umum", text: {
        id: "Mohon tunggu sebentar, saya periksa dulu.", en: "One moment please, I am looking it up." } },
      { shortcut: "tiket", title: "Nomor tiket", category: "Pengaduan", text: {
        id: "Pengaduan Anda kami catat dengan nomor {nomor tiket}.", en: "Your complaint is filed under number {ticket number}." } },
      { shortcut: "lapor", title: "Cara melapor", category: "Pengaduan", text: {
        id: "Untuk melapor, siapkan bukti percakapan, nama lembaga, dan tanggal kejadian.", en: "To report, have your messages, the name and the date ready." } },
      { shortcut: "tutup", title: "Salam penutup", category: "Umum", text: {
        id: "Terima kasih sudah menghubungi Kontak 157, {name|Bapak/Ibu}.", en: "Thank you for writing to Kontak 157, {name|Sir or Madam}." } },
    ],
    settings: { open_max: 8, capacity: 400, note_length: 500, text_length: 4000,
      reasons: [{ name: "lunch", title: { id: "Makan siang", en: "Lunch" } }, { name: "meeting", title: { id: "Rapat", en: "Meeting" } }] },
  };
}

const minute = 60_000;
export const citizens = { siti: "00000000000000a1", joko: "00000000000000a2", rina: "00000000000000a3", agus: "00000000000000a4", maria: "00000000000000a5" };

// Four at the desk of Ani and around it, each with something of its own.
export function furnish(desk) {
  const now = desk.now();
  const ago = (minutes) => now - minutes * minute;
  desk.add({
    citizen: citizens.siti, owner: "agent", agent: 1, channel: "whatsapp", address: "6281*****890", name: "Siti Rahmawati", summary: "Menanyakan izin Dana Pas, diminta membayar pajak hadiah",
    handed_at: ago(9), queued_at: ago(9), unanswered: 1, window_until: now + 3 * 60 * minute + 12 * minute,
    clocks: { first_reply: { used_ms: 140_000, running: false, breached: false }, next_reply: { due: now + 95_000, used_ms: 85_000, running: true, breached: false },
      resolution: { due: now + 51 * minute, used_ms: 9 * minute, running: true, breached: false } },
  }, [
    { from: "bot", at: ago(14), text: "Halo! Ini Kontak 157, layanan konsumen jasa keuangan. Ada yang bisa dibantu?", options: ["Izin lembaga", "Pengaduan", "Bicara dengan petugas"], delivery: "read" },
    { from: "citizen", at: ago(13), text: "apakah dana pas itu resmi? saya dapat hadiah tapi harus bayar pajak dulu" },
    { from: "bot", at: ago(13), text: "Tidak ada nama yang persis sama dengan “dana pas”. Hati-hati: nama yang mirip belum tentu pihak yang sama.", options: ["DANAMAS", "Bukan itu"], delivery: "read" },
    { from: "citizen", at: ago(12), text: "Bukan itu" },
    { from: "bot", at: ago(12), text: "Saya sambungkan dengan petugas. Anda di urutan 2, perkiraan menunggu 3 menit.", delivery: "read" },
    { from: "mark", at: ago(9), mark: "handed", queue: "general" },
    { from: "mark", at: ago(8), mark: "accepted", by: "ani" },
    { from: "agent", by: "ani", at: ago(7), text: "Selamat pagi Ibu Siti, saya Ani dari Kontak 157. Boleh saya lihat pesan yang Ibu terima?", delivery: "read" },
    { from: "citizen", at: ago(5), text: "ini bu, mereka minta transfer sekarang juga\nkatanya lewat https://dana-pas.example.com/hadiah?id=157" },
    { from: "note", by: "ani", at: ago(4), text: "Nomor pengirim sudah ada di daftar laporan minggu lalu, pola yang sama." },
    { from: "agent", by: "ani", at: ago(3), text: "Terima kasih, Bu. Mohon jangan transfer dulu. Lembaga resmi tidak pernah meminta pajak hadiah di muka.", delivery: "delivered" },
    { from: "citizen", at: ago(1), text: "baik bu, lalu saya harus bagaimana?" },
  ], {
    fields: [{ name: "nama", value: "Siti Rahmawati" }, { name: "lembaga", value: "Dana Pas" }, { name: "jumlah_diminta", value: "Rp 1.500.000" }, { name: "nik", value: null }],
    learned: [{ name: "topik", value: "izin lembaga" }, { name: "nama_diketik", value: "dana pas" }, { name: "sudah_membayar", value: false }],
    answers: [{ at: ago(13), service: "registry.lookup", outcome: "similar", value: { exact: false, others: ["DANAMAS", "DANAKINI"], list_date: "2026-11-20" } }],
    tickets: [{ number: "P-2026-01841", stage: "in_review", opened: ago(60 * 24 * 6), due: now + 60 * 24 * 4 * minute, kind: "complaint" }],
    earlier: [{ from: ago(60 * 24 * 30), until: ago(60 * 24 * 30 - 12), outcome: "closed", code: "answered" }],
  });
  desk.add({
    citizen: citizens.joko, owner: "agent", agent: 1, channel: "web", address: "web-7f3a", name: "Joko Widagdo", summary: "Klaim asuransi ditolak", queue: "complaints",
    handed_at: ago(31), queued_at: ago(31), silent: true, awaited: true, weight: 50, clocks: { resolution: { due: now + 20 * minute, used_ms: 31 * minute, running: false, breached: false } },
  }, [
    { from: "citizen", at: ago(31), text: "klaim rawat inap saya ditolak, padahal premi selalu dibayar" },
    { from: "mark", at: ago(30), mark: "handed", queue: "complaints" },
    { from: "agent", by: "ani", at: ago(28), text: "Selamat pagi Pak Joko. Boleh dikirim surat penolakannya?", delivery: "accepted" },
  ]);
  desk.add({
    citizen: citizens.rina, owner: "agent", agent: 1, channel: "whatsapp", address: "6285*****412", summary: "Penagih menghubungi kontak di luar kontak darurat", queue: "complaints",
    handed_at: ago(60 * 25), queued_at: ago(60 * 25), window_until: ago(40), awaited: true, clocks: {},
  }, [
    { from: "citizen", at: ago(60 * 25), text: "penagih menelepon kantor saya terus" },
    { from: "mark", at: ago(60 * 25 - 2), mark: "handed", queue: "complaints" },
    { from: "agent", by: "ani", at: ago(60 * 24), text: "Terima kasih sudah melapor. Boleh disebutkan nama lembaganya?", delivery: "failed", reason: "window_shut" },
  ]);
  desk.add({
    citizen: citizens.agus, owner: "queue", channel: "telegram", address: "@agus_s", name: "Agus Salim", summary: "Rekening diblokir setelah penipuan, ingin tahu langkah berikutnya", language: "id",
    queued_at: ago(3), handed_at: ago(3), position: 1, again: true,
    clocks: { first_reply: { due: now - 30_000, used_ms: 180_000, running: true, breached: true } },
  }, [{ from: "citizen", at: ago(3), text: "rekening saya diblokir, uang saya bagaimana?" }, { from: "mark", at: ago(3), mark: "handed", queue: "general" }]);
  desk.add({
    citizen: citizens.maria, owner: "agent", agent: 2, channel: "web", address: "web-12c9", name: "Maria Gomes", language: "en", summary: "Asks whether a crypto platform is licensed",
    handed_at: ago(6), queued_at: ago(6), clocks: { next_reply: { due: now - 4 * minute, used_ms: 300_000, running: true, breached: true } }, unanswered: 2,
  }, [
    { from: "citizen", at: ago(6), text: "Hello, is this platform licensed? It promises 3% a day." },
    { from: "mark", at: ago(6), mark: "accepted", by: "budi" },
  ]);
}

// Many who wait, for lists.
export function crowd(desk, count) {
  const first = ["Andi", "Bayu", "Dian", "Fitri", "Gita", "Hendra", "Indah", "Joni", "Kartika", "Lukman"];
  const last = ["Saputra", "Wijaya", "Permata", "Siregar", "Nasution", "Harahap", "Kusuma", "Pratama"];
  for (let i = 0; i < count; i++) {
    desk.add({
      citizen: (0xb000000 + i).toString(16).padStart(16, "0"), queue: ["general", "complaints"][i % 2], channel: ["web", "whatsapp", "telegram"][i % 3],
      address: `628${String(1000000 + i)}`, name: `${first[i % 10]} ${last[i % 8]} ${i}`, summary: "Menanyakan izin sebuah lembaga", position: Math.floor(i / 2) + 1,
      queued_at: desk.now() - (count - i) * 1000, handed_at: desk.now() - (count - i) * 1000,
      last: { from: "citizen", text: "apakah pinjaman ini resmi?", at: desk.now() - (count - i) * 1000 },
    });
  }
}
