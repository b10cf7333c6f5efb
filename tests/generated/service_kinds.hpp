// The kinds of services that service_app() writes, with `@N` for their numbers. Internal to the
// folder.
#pragma once

#include <string_view>

namespace alur::tests {

// Takes a report: who, what kind, how much, the story, and sends it once all of it is confirmed.
inline constexpr std::string_view form_yaml = R"(flow: service@N
about: Takes report @N.
outcomes: [done, gave_up]
triggers:
  - hear: "lapor @N"
vars:
  name: private text(2..80)
  kind: one of question, report, complaint?
  amount: number?
  urgent: bool?
  story: private text(10..800)
  got: receipt
  known: bool?
states:
  start:
    - set:
        known: false
    - choose: {id: "Apa yang ingin Anda sampaikan?", en: "What would you like to tell us?"}
      into: kind
      options:
        - label: {id: "Pertanyaan", en: "A question"}
          value: question
        - label: {id: "Laporan", en: "A report"}
          value: report
        - label: {id: "Pengaduan", en: "A complaint"}
          value: complaint
    - run: identity(reason = kind)
      outcomes:
        known(name): ask_amount
        gave_up: leave
  ask_amount:
    - if: kind == question
      goto: ask_story
    - ask: {id: "Berapa kerugian Anda?", en: "How much did you lose?"}
      into: amount
      hear:
        - hear: [lewati, skip]
          goto: ask_story
    - choose: {id: "Baru terjadi?", en: "Has it just happened?"}
      into: urgent
      options:
        - label: {id: "Hari ini", en: "Today"}
          value: "true"
        - label: {id: "Sudah lama", en: "Long ago"}
          value: "false"
    - if: urgent is set and urgent
      then:
        - say:
            id: Telepon bank Anda sekarang juga.
            en: Call your bank right now.
    - goto: ask_story
  ask_story:
    - ask: {id: "Ceritakan kejadiannya.", en: "Tell us what happened."}
      into: story
      gather: 5s
    - goto: confirm
  confirm:
    - choose:
        id: "Nama: {name}. Jumlah: {amount or 0 | rupiah}. Kirim?"
        en: "Name: {name}. Amount: {amount or 0 | rupiah}. Send it?"
      options:
        - label: {id: "Kirim", en: "Send"}
        - label: {id: "Ubah jumlah", en: "Change the amount"}
          goto: ask_amount
        - label: {id: "Ubah cerita", en: "Change the story"}
          goto: ask_story
        - label: {id: "Batal", en: "Cancel"}
          goto: leave
    - goto: send
  send:
    - call: file.record(kind = kind, name = name, amount = amount, story = story)
      outcomes:
        opened(got): told
        already(got): told_again
        unavailable: slow
  slow:
    - goto: once_more
      at_most: 1
    - goto: down
  once_more:
    - say: {id: "Saya coba sekali lagi.", en: "I am trying once more."}
    - wait: 2s
    - goto: send
  down:
    - choose: {id: "Maaf, ada gangguan. Coba lagi nanti?", en: "Sorry, something is down. Try again?"}
      options:
        - label: {id: "Coba lagi", en: "Try again"}
          goto: send
        - label: {id: "Bicara ke petugas", en: "Talk to a person"}
          goto: person
        - label: {id: "Nanti saja", en: "Later"}
    - goto: leave
  told_again:
    - set:
        known: true
    - goto: told
  told:
    - if: known
      then:
        - say: {id: "Ini sudah kami catat.", en: "We have this already."}
    - say:
        id: "Nomor Anda {got.number}, dijawab paling lambat {got.due | date}."
        en: "Your number is {got.number}, answered by {got.due | date}."
    - choose: {id: "Ada lagi?", en: "Anything else?"}
      options:
        - label: {id: "Laporan lain", en: "Another report"}
          goto: start
        - label: {id: "Tidak", en: "No"}
    - end: done
  leave:
    - end: gave_up
)";

// Looks a name up, asks which of several is meant, and tells what is known of it.
inline constexpr std::string_view lookup_yaml = R"(flow: service@N
about: Looks a name up in list @N.
outcomes: [answered, gave_up]
triggers:
  - hear: ["cek @N {name}", "check @N {name}"]
params:
  name: text(1..80)?
vars:
  entry: entry
  others: list of entry (1..3)
  pick: entry
  guessed: bool
  since: text(1..60)
states:
  start:
    - if: name is unset
      goto: ask_name
    - goto: lookup
  ask_name:
    - ask: {id: "Nama apa yang dicari?", en: "Which name should I look up?"}
      into: name
      no_match:
        - when: too_long
          id: Itu terlalu panjang.
          en: That is too long.
        - id: Ketik *petugas* atau *menu* kapan saja. Saya carikan petugas.
          en: Type *agent* or *menu* at any time. I am looking for a person.
          goto: person
    - goto: lookup
  lookup:
    - set:
        guessed: false
        session.asked_about: name
    - call: list.find(name = name)
      outcomes:
        found(entry): tell
        near(others): which_one
        not_found: not_found
        unavailable: slow
  which_one:
    - choose:
        id: Tidak ada yang persis *{name}*. Yang mana?
        en: Nothing is exactly *{name}*. Which one?
      each: other in others
      label: "{other.name}"
      into: pick
      options:
        - label: {id: "Bukan semuanya", en: "None of these"}
          hear: [bukan, none]
          goto: not_found
    - set:
        guessed: true
    - call: list.find(name = pick.name)
      outcomes:
        found(entry): tell
        near(others): not_found
        not_found: not_found
        unavailable: slow
  slow:
    - goto: once_more
      at_most: 1
    - goto: down
  once_more:
    - say: {id: "Saya coba sekali lagi.", en: "I am trying once more."}
    - wait: 2s
    - goto: lookup
  down:
    - choose: {id: "Maaf, daftar sedang terganggu.", en: "Sorry, the list is down."}
      options:
        - label: {id: "Coba lagi", en: "Try again"}
          goto: lookup
        - label: {id: "Nanti saja", en: "Later"}
    - end: gave_up
  tell:
    - if: guessed
      then:
        - say: {id: "Ini tentang *{entry.name}*.", en: "This is about *{entry.name}*."}
    - set:
        since: '"-"'
    - if: entry.since is set
      then:
        - set:
            since: text(entry.since)
    - if: entry.stale
      goto: tell_stale
    - match: entry.standing
      cases:
        full:
          - say: {id: "Berizin sejak {since}.", en: "Licensed since {since}."}
        limited:
          - say: {id: "Dibatasi sejak {since}.", en: "Restricted since {since}."}
        revoked:
          - say: {id: "Dicabut pada {since}.", en: "Revoked on {since}."}
          - say: {id: "Jangan membayar dulu.", en: "Do not pay yet."}
    - goto: another
  tell_stale:
    - say:
        id: Daftarnya sudah lama. Tanyakan dulu sebelum membayar.
        en: The list is old. Ask before you pay.
    - goto: another
  not_found:
    - track: not_found_told
    - say:
        id: "*{name}* tidak saya temukan. Jangan membayar dulu."
        en: "I cannot find *{name}*. Do not pay yet."
    - goto: another
  another:
    - choose: {id: "Ada nama lain?", en: "Is there another name?"}
      options:
        - label: {id: "Nama lain", en: "Another name"}
          goto: ask_name
        - label: {id: "Kembali ke menu", en: "Back to the menu"}
          goto: topic0
        - label: {id: "Selesai", en: "Done"}
    - end: answered
)";

// Answers from a few fixed texts, as often as somebody asks.
inline constexpr std::string_view information_yaml = R"(flow: service@N
about: Information @N.
outcomes: [done]
triggers:
  - hear: "info @N"
vars:
  asked: integer(0..9)?
  detail: one of short, long?
states:
  start:
    - set:
        asked: 0
    - goto: ask
  ask:
    - choose: {id: "Tentang apa?", en: "About what?"}
      options:
        - label: {id: "Syarat", en: "Requirements"}
          goto: requirements
        - label: {id: "Biaya", en: "Fees"}
          goto: fees
        - label: {id: "Kantor", en: "Office"}
          goto: office
        - label: {id: "Selesai", en: "Done"}
    - if: asked > 2
      then:
        - say: {id: "Semoga membantu.", en: "I hope this helps."}
    - end: done
  requirements:
    - choose: {id: "Singkat atau lengkap?", en: "Short or complete?"}
      into: detail
      options:
        - label: {id: "Singkat", en: "Short"}
          value: short
        - label: {id: "Lengkap", en: "Complete"}
          value: long
    - match: detail
      cases:
        short:
          - say: {id: "KTP saja.", en: "Your identity card."}
        long:
          - say: {id: "KTP, buku tabungan, surat.", en: "Identity card, bank book, letter."}
          - say: {id: "Semuanya asli.", en: "All of them originals."}
    - goto: onward
  fees:
    - say: {id: "Tidak ada biaya.", en: "There are no fees."}
    - goto: onward
  office:
    - if: is_open(office)
      then:
        - say: {id: "Kantor sedang buka.", en: "The office is open."}
      else:
        - say: {id: "Kantor sedang tutup.", en: "The office is closed."}
    - goto: onward
  onward:
    - set:
        asked: min(asked + 1, 9)
    - goto: ask
)";

// How far something is: one number, five answers.
inline constexpr std::string_view status_yaml = R"(flow: service@N
about: How far report @N is.
outcomes: [told, gave_up]
triggers:
  - hear: "status @N"
vars:
  number: text(4..30)
  stage: one of received, checking, needs_papers, answered, closed
  again: bool?
states:
  start:
    - ask: {id: "Apa nomornya?", en: "What is its number?"}
      into: number
    - goto: look
  look:
    - call: file.state(number = number)
      outcomes:
        found(stage): tell
        not_found: unknown
        unavailable: down
  tell:
    - match: stage
      cases:
        received:
          - say: {id: "Sudah kami terima.", en: "We have received it."}
        checking:
          - say: {id: "Sedang kami periksa.", en: "We are checking it."}
        needs_papers:
          - say: {id: "Kami menunggu berkas Anda.", en: "We are waiting for your papers."}
          - run: service@M
            outcomes:
@outcomes
        answered, closed:
          - say: {id: "Sudah dijawab.", en: "It has been answered."}
          - choose: {id: "Puas dengan jawabannya?", en: "Are you happy with the answer?"}
            into: again
            options:
              - label: {id: "Ya", en: "Yes"}
                value: "false"
              - label: {id: "Belum", en: "Not yet"}
                value: "true"
          - if: again
            then:
              - run: handoff
                outcomes:
                  back: next
    - end: told
  unknown:
    - choose: {id: "Nomor itu tidak ada.", en: "There is no such number."}
      options:
        - label: {id: "Nomor lain", en: "Another number"}
          goto: start
        - label: {id: "Selesai", en: "Done"}
    - end: gave_up
  down:
    - say: {id: "Maaf, sedang terganggu.", en: "Sorry, this is down."}
    - end: gave_up
)";

}  // namespace alur::tests
