#include "tests/adapters/registry/sample_lists.hpp"

#include <cstdlib>
#include <iostream>

#include "adapters/registry/list_folder.hpp"

namespace alur::tests {

using registry::ListKind;
using registry::RegistryList;
using registry::SnapshotRef;

namespace {

RegistryList make_list(ListKind kind, std::string_view csv) {
  RegistryList list;
  if (csv.empty()) return list;
  list.head.present = true;
  list.head.version = 1;
  list.head.as_of = list_day;
  list.head.source = "Test";
  std::size_t faults = 0;
  list.records = registry::parse_list(kind, csv, faults);
  return list;
}

}  // namespace

SnapshotRef make_lists(std::string_view licensed_csv, std::string_view alerts_csv) {
  return std::make_shared<const registry::Snapshot>(make_list(ListKind::licensed, licensed_csv),
                                                    make_list(ListKind::alert, alerts_csv),
                                                    registry::Vocabulary());
}

const SnapshotRef& small_lists() {
  static const SnapshotRef made = make_lists(
      "key,name,brands,aliases,former_names,category,standing,licence,links,apps\n"
      "bca,BANK CENTRAL ASIA,BCA,Bank BCA,,Bank,full,KEP-100/D.03/2001,bca.co.id,com.bca\n"
      "dmu,BANK DANA MITRA UTAMA,,,,Bank,full,,,\n"
      "mdu,BANK MITRA DANA UTAMA,,,,Bank,full,,,\n"
      "danamas,PASAR DANA PINJAMAN,Danamas,,,Pinjaman,full,,t.me/danamas,id.danamas.app\n"
      "kilat,RUPIAH KILAT,,,,Pinjaman,full,,rupiahkilat.id,\n"
      "ajaib,AJAIB SEKURITAS ASIA,Ajaib,,,Efek,full,,,\n"
      "senja,ASURANSI SENJA,,,,Asuransi,restricted,,,\n"
      "nusa,KRIPTO NUSA,,,,Kripto,candidate,,,\n"
      "skor,SKOR CERMAT,,,,Skor,sandbox,,,\n"
      "smbc,BANK SMBC INDONESIA,,,BANK BTPN,Bank,full,,,\n"
      "mawar,BPR MAWAR,,,,BPR,revoked,KEP-200/D.03/2002,bprmawar.id,\n"
      "pelita,GADAI PELITA,,,,Gadai,returned,,,\n"
      "bsm,BANK SYARIAH MANDIRI,,,,Bank,merged,,,\n"
      "rukun_a,BPR RUKUN,,,,BPR,full,,,\n"
      "rukun_b,BPR RUKUN,,,,BPR,revoked,,,\n",
      "key,name,aliases,links,apps\n"
      "a_kilat,Rupiah Kilat,,rupiahkilat.xyz,com.rupiahkilat.palsu\n"
      "a_sulap,Uang Sulap,UangSulap 88,,\n"
      "a_site,danakilat.xyz,,,\n"
      "a_mawar,BPR Mawar,,,\n");
  return made;
}

const SnapshotRef& bundled_lists() {
  static const SnapshotRef read = [] {
    std::string error;
    SnapshotRef lists =
        registry::read_lists(std::string(ALUR_SOURCE_DIR) + "/flows/kontak157/data", error);
    if (!lists) {
      std::cerr << error << "\n";
      std::abort();
    }
    return lists;
  }();
  return read;
}

}  // namespace alur::tests
