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
  attach: "Kirim foto atau dokumen",
  attach_title: "Kirim berkas ini?",
  preparing: "Menyiapkan berkas…",
  photo: "Foto",
  paper: "Dokumen",
  save: "Simpan",
  sending: "Mengirim",
  too_large: "Berkas ini terlalu besar.",
  most: "Paling besar {size}.",
  not_taken: "Jenis berkas ini tidak diterima. Kirim foto atau PDF.",
  too_many: "Anda sudah mengirim banyak berkas hari ini. Coba lagi besok.",
  no_room: "Layanan sedang tidak bisa menyimpan berkas. Coba lagi nanti.",
  refused: "Berkas ini tidak diterima layanan.",
  gone: "Berkas ini sudah tidak ada di perangkat. Pilih sekali lagi.",
  sent_gone: "Berkas ini sudah tidak tersedia.",
  drop: "Lepaskan berkas di sini",
  preview: "Pratinjau versi #. Percakapan dimulai lagi setiap kali versi baru disimpan.",
  published: "Versi # diterbitkan; percakapan dimulai lagi.",
  not_published: "Tidak diterbitkan. Versi # tetap berlaku.",
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
  attach: "Send a photo or a document",
  attach_title: "Send this file?",
  preparing: "Preparing the file…",
  photo: "Photo",
  paper: "Document",
  save: "Save",
  sending: "Sending",
  too_large: "This file is too large.",
  most: "It may have at most {size}.",
  not_taken: "This type of file is not taken. Send a photo or a PDF.",
  too_many: "You have sent many files today. Try again tomorrow.",
  no_room: "The service cannot keep files at the moment. Try again later.",
  refused: "The service did not take this file.",
  gone: "This file is not on the device any more. Please choose it again.",
  sent_gone: "This file is no longer available.",
  drop: "Drop the file here",
  preview: "Preview of version #. The conversation begins anew whenever a new version is saved.",
  published: "Version # is published; the conversation began anew.",
  not_published: "Not published. Version # goes on.",
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
