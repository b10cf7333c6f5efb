// What the page itself says, in both languages. What the service says comes from its flows.
export type Language = "id" | "en";

const indonesian = {
  begin: "halo", // what begins a conversation
  speak: "bahasa indonesia", // what changes the conversation's language, if the app hears it
  other: "English",
  online: "Terhubung",
  connecting: "Menyambungkan…",
  offline: "Tidak ada jaringan. Pesan dikirim begitu tersambung lagi.",
  write: "Tulis pesan",
  send: "Kirim",
  log: "Percakapan",
  you: "Anda",
  service: "Layanan",
  waiting: "menunggu dikirim",
  sent: "terkirim",
  taken: "diterima",
  failed: "tidak terkirim",
  retry: "Kirim lagi",
  chosen: "dipilih",
  writing: "Layanan sedang mengetik",
  down: "Ke pesan terbaru",
  anew: "Mulai percakapan baru",
  anew_question: "Hapus percakapan ini dari perangkat dan mulai yang baru?",
  anew_yes: "Hapus dan mulai baru",
  cancel: "Batal",
  close: "Tutup",
  today: "Hari ini",
  yesterday: "Kemarin",
  fresh: "Percakapan baru",
  image: "Buka gambar",
  document: "Buka dokumen",
  place: "Buka peta",
  long: "Pesan terlalu panjang",
};
export type Words = typeof indonesian;

const english: Words = {
  begin: "english",
  speak: "english",
  other: "Bahasa Indonesia",
  online: "Connected",
  connecting: "Connecting…",
  offline: "No network. Messages go out as soon as there is one.",
  write: "Write a message",
  send: "Send",
  log: "Conversation",
  you: "You",
  service: "Service",
  waiting: "waiting to be sent",
  sent: "sent",
  taken: "received",
  failed: "not sent",
  retry: "Send again",
  chosen: "chosen",
  writing: "The service is typing",
  down: "To the latest message",
  anew: "Start a new conversation",
  anew_question: "Remove this conversation from the device and start a new one?",
  anew_yes: "Remove and start anew",
  cancel: "Cancel",
  close: "Close",
  today: "Today",
  yesterday: "Yesterday",
  fresh: "New conversation",
  image: "Open the image",
  document: "Open the document",
  place: "Open the map",
  long: "The message is too long",
};

export function wordsOf(language: Language): Words {
  return language === "en" ? english : indonesian;
}

// What the address says, else what was chosen before, else what the browser prefers.
export function firstLanguage(asked: string | null, chosen: string | null): Language {
  for (const one of [asked, chosen, ...navigator.languages]) {
    if (one?.startsWith("en")) return "en";
    if (one?.startsWith("id") || one?.startsWith("in")) return "id";
  }
  return "id";
}
