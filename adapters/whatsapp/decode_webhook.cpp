#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "adapters/http/whole_number.hpp"
#include "adapters/whatsapp/read_fields.hpp"
#include "adapters/whatsapp/webhook.hpp"

namespace alur::adapters {

namespace json = boost::json;

using machine::Input;
using ports::Delivery;

namespace {

constexpr std::size_t depth_max = 32;

// Texts that Meta cuts by UTF-16 units can end in half a pair, which is no JSON and would cost the
// whole batch: such a half becomes U+FFFD. Texts of JSON only; the rest is left as it is.
std::string mend_half_pairs(std::string_view bytes) {
  const auto unit_at = [&](std::size_t at) {
    unsigned unit = 0;
    if (at + 6 > bytes.size() || bytes[at] != '\\' || bytes[at + 1] != 'u') return 0u;
    const char* begin = bytes.data() + at + 2;
    const auto read = std::from_chars(begin, begin + 4, unit, 16);
    return read.ec == std::errc() && read.ptr == begin + 4 ? unit : 0u;
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const unsigned unit = unit_at(at);
    const bool high = unit >= 0xd800 && unit < 0xdc00;
    const bool low = unit >= 0xdc00 && unit < 0xe000;
    const unsigned next = high ? unit_at(at + 6) : 0;
    const std::size_t size = high && next >= 0xdc00 && next < 0xe000 ? 12
                             : unit != 0                             ? 6
                             : bytes[at] == '\\'                     ? 2
                                                                     : 1;
    const bool half = (high && size == 6) || low;
    out += half ? std::string_view("\\ufffd") : bytes.substr(at, size);
    at += size;
  }
  return out;
}

std::optional<json::value> parse(std::string_view bytes) {
  json::parse_options options;
  options.max_depth = depth_max;
  boost::system::error_code error;
  json::value whole = json::parse(bytes, error, {}, options);
  if (!error) return whole;
  whole = json::parse(mend_half_pairs(bytes), error, {}, options);
  if (error) return std::nullopt;
  return whole;
}

class Decoder {
 public:
  explicit Decoder(std::span<const std::string> numbers) : numbers_(numbers) {}

  Webhook decode(std::string_view bytes) {
    const auto whole = parse(bytes);
    const json::object* root = whole ? whole->if_object() : nullptr;
    const json::array* entries = array_in(root, "entry");
    if (!root) {
      refuse("the body is no JSON object", std::string(bytes.substr(0, raw_bytes_max)));
    } else if (words_in(*root, "object") != "whatsapp_business_account") {
      refuse("it is of another product than WhatsApp", *whole);
    } else if (!entries) {
      refuse("it has no entries", *whole);
    } else {
      for (const json::value& entry : *entries) read_entry(entry);
    }
    return std::move(result_);
  }

 private:
  void refuse(std::string reason, std::string raw) {
    result_.unusable.push_back({std::move(reason), std::move(raw)});
  }
  void refuse(std::string reason, const json::value& what) {
    refuse(std::move(reason), json::serialize(what).substr(0, raw_bytes_max));
  }

  void read_entry(const json::value& entry) {
    const json::object* object = entry.if_object();
    const json::array* changes = array_in(object, "changes");
    if (!changes) return refuse("an entry without changes", entry);
    account_ = words_in(*object, "id");
    for (const json::value& change : *changes) read_change(change);
  }

  void read_change(const json::value& change) {
    const json::object* object = change.if_object();
    const json::object* value = object_in(object, "value");
    const std::string field = words_in(object, "field", 64);
    if (!value || field.empty()) return refuse("a change without a field or a value", change);
    if (field == "messages") return read_messages(*value, change);
    if (field == "user_id_update") return read_new_ids(*value, change);
    if (is_for_others(field)) {
      ++result_.ignored;
    } else if (is_news(field)) {
      result_.news.push_back({account_, field, words_of(*value)});
      if (field == "message_template_status_update") read_template(*value);
    } else {
      refuse("nothing is known of the field " + field, change);
    }
  }

  // What other users of the number did, and what no flow hears of.
  static bool is_for_others(std::string_view field) {
    constexpr std::string_view fields[] = {"smb_message_echoes",
                                           "message_echoes",
                                           "history",
                                           "smb_app_state_sync",
                                           "calls",
                                           "standby",
                                           "messaging_handovers",
                                           "automatic_events",
                                           "business_username_update",
                                           "group_lifecycle_update",
                                           "group_participant_update",
                                           "group_participants_update",
                                           "group_settings_update",
                                           "group_status_update",
                                           "user_preferences"};
    return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
  }

  // What an operator should hear of.
  static bool is_news(std::string_view field) {
    constexpr std::string_view fields[] = {"account_alerts",
                                           "account_review_update",
                                           "account_update",
                                           "business_capability_update",
                                           "message_template_components_update",
                                           "message_template_quality_update",
                                           "message_template_status_update",
                                           "partner_solutions",
                                           "payment_configuration_update",
                                           "phone_number_name_update",
                                           "phone_number_quality_update",
                                           "security",
                                           "template_category_update"};
    return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
  }

  // Other events are Meta's answer to the next message of this template.
  void read_template(const json::object& value) {
    const std::string event = words_in(value, "event", 32);
    if (event != "APPROVED" && event != "REINSTATED" && event != "UNPAUSED") return;
    WhatsAppTemplate one{words_in(value, "message_template_name", 512),
                         words_in(value, "message_template_language", 16)};
    std::replace(one.language.begin(), one.language.end(), '-', '_');
    if (!one.name.empty()) result_.resumed.push_back(std::move(one));
  }

  // The texts and numbers of a change, as it has them.
  static std::string words_of(const json::object& value) {
    constexpr std::size_t most = 500;
    std::string words;
    for (const auto& [name, one] : value) {
      const std::string text = words_in(value, {name.data(), name.size()}, 200);
      if (text.empty() || words.size() > most) continue;
      words += (words.empty() ? "" : ", ") + std::string(name.data(), name.size()) + " " + text;
    }
    std::replace_if(
        words.begin(), words.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    return words;
  }

  // --- messages and statuses

  void read_messages(const json::object& value, const json::value& change) {
    const json::object* metadata = object_in(value, "metadata");
    number_ = words_in(metadata, "phone_number_id", 32);
    own_phone_ = words_in(metadata, "display_phone_number", 32);
    if (number_.empty()) return refuse("it does not say which number it is about", change);
    if (std::find(numbers_.begin(), numbers_.end(), number_) == numbers_.end()) {
      return refuse("it is about a number that is not ours", change);
    }
    const json::array* messages = array_in(value, "messages");
    const json::array* statuses = array_in(value, "statuses");
    contacts_ = array_in(value, "contacts");
    alone_ = messages && messages->size() == 1 && contacts_ && contacts_->size() == 1;
    const std::string error = first_error(value);
    if (!error.empty()) result_.news.push_back({account_, "errors", error});
    if (!messages && !statuses && error.empty()) {
      return refuse("neither messages nor statuses nor errors", change);
    }
    if (messages) {
      for (const json::value& message : *messages) read_message(message);
    }
    if (statuses) {
      for (const json::value& status : *statuses) read_status(status);
    }
  }

  void read_message(const json::value& what) {
    const json::object* message = what.if_object();
    if (!message) return refuse("a message that is no object", what);
    const std::string type = words_in(*message, "type", 64);
    if (type == "system") return read_system(*message, what);
    WhatsAppMessage read;
    read.number = number_;
    read.id = words_in(*message, "id");
    read.user = user_of(*message);
    if (read.id.empty()) return refuse("a message without its id", what);
    if (!read.user.known()) return refuse("a message without a sender", what);
    if (message->contains("group_id")) return refuse("a message of a group", what);
    if (read.user.phone == own_phone_) {
      ++result_.ignored;
      return;
    }
    read.at_ms = time_in(*message, "timestamp");
    read_surroundings(*message, read);
    if (!read_content(*message, read)) {
      read.input = {};
      read.input.kind = Input::Kind::unsupported;
    }
    result_.messages.push_back(std::move(read));
  }

  static void read_surroundings(const json::object& message, WhatsAppMessage& read) {
    if (const json::object* context = object_in(message, "context")) {
      read.answers = words_in(*context, "id");
      read.forwarded = flag_in(*context, "forwarded") || flag_in(*context, "frequently_forwarded");
    }
    if (const json::object* referral = object_in(message, "referral")) {
      read.ad = words_in(*referral, "source_id");
      if (read.ad.empty()) read.ad = words_in(*referral, "source_url", 2'048);
    }
  }

  WhatsAppUser user_of(const json::object& message) const {
    WhatsAppUser user;
    take_user(words_in(message, "from"), user);
    take_user(words_in(message, "from_user_id"), user);
    if (!contacts_) return user;
    for (const json::value& one : *contacts_) {
      const json::object* contact = one.if_object();
      if (!contact) continue;
      WhatsAppUser known;
      take_user(words_in(*contact, "wa_id"), known);
      take_user(words_in(*contact, "user_id"), known);
      // A number may be written in two ways, in Brazil and Mexico: the sender's counts.
      const bool same = alone_ || (!user.phone.empty() && user.phone == known.phone) ||
                        (!user.scoped.empty() && user.scoped == known.scoped);
      if (!same) continue;
      if (user.phone.empty()) user.phone = known.phone;
      if (user.scoped.empty()) user.scoped = known.scoped;
    }
    return user;
  }

  void read_system(const json::object& message, const json::value& what) {
    const json::object* system = object_in(message, "system");
    if (!system) return refuse("a system message that says nothing", what);
    const std::string type = words_in(*system, "type", 64);
    WhatsAppMove move{number_, words_in(message, "id"), {}, {}};
    take_user(words_in(message, "from"), move.before);
    take_user(words_in(message, "from_user_id"), move.before);
    take_user(words_in(*system, "wa_id"), move.after);
    take_user(words_in(*system, "new_wa_id"), move.after);
    take_user(words_in(*system, "user_id"), move.after);
    const bool moves = type == "user_changed_number" || type == "user_changed_user_id" ||
                       system->contains("new_wa_id");
    // An identity that was only confirmed anew, or a new id of whoever nobody can tell who they
    // were.
    if (!moves || !move.before.known() || move.before == move.after) {
      ++result_.ignored;
    } else if (!move.after.known()) {
      refuse("somebody moved, and it does not say where to", what);
    } else {
      result_.moves.push_back(std::move(move));
    }
  }

  // One update, or a list of them under the field's name.
  void read_new_ids(const json::object& value, const json::value& change) {
    const json::array* many = array_in(value, "user_id_update");
    if (!many) return read_new_id(value, change);
    for (const json::value& one : *many) {
      const json::object* object = one.if_object();
      if (object) {
        read_new_id(*object, one);
      } else {
        refuse("a new id that is no object", one);
      }
    }
  }

  void read_new_id(const json::object& value, const json::value& what) {
    const json::object* ids = object_in(value, "user_id");
    WhatsAppMove move;
    if (ids) take_user(words_in(*ids, "previous"), move.before);
    if (ids) take_user(words_in(*ids, "current"), move.after);
    if (move.before.scoped.empty() || move.after.scoped.empty()) {
      return refuse("a new id without the old and the new", what);
    }
    if (move.before != move.after) result_.moves.push_back(std::move(move));
  }

  void read_status(const json::value& what) {
    const json::object* status = what.if_object();
    if (!status) return refuse("a status that is no object", what);
    const std::string name = words_in(*status, "status", 64);
    const auto state = state_of(name);
    const std::string opaque = words_in(*status, "biz_opaque_callback_data");
    const auto ours = parse_whole<std::uint64_t>(opaque);
    if (!ours || name == "deleted") {  // somebody else's on this number, or of an old API
      ++result_.ignored;
      return;
    }
    if (!state) return refuse("a status that nobody knows", what);
    WhatsAppStatus read;
    read.number = number_;
    read.message = words_in(*status, "id");
    read.receipt.id = *ours;
    read.receipt.state = *state;
    if (*state == Delivery::failed) {
      read.receipt.reason = first_error(*status);
      if (read.receipt.reason.empty()) read.receipt.reason = "it failed";
    }
    if (const json::object* pricing = object_in(*status, "pricing")) {
      read.pricing = words_in(*pricing, "category") + "/" + words_in(*pricing, "type");
    }
    result_.statuses.push_back(std::move(read));
  }

  static std::optional<Delivery> state_of(std::string_view status) {
    if (status == "sent" || status == "accepted") return Delivery::accepted;
    if (status == "delivered") return Delivery::delivered;
    if (status == "read" || status == "played") return Delivery::read;
    if (status == "failed") return Delivery::failed;
    return std::nullopt;
  }

  std::span<const std::string> numbers_;
  Webhook result_;
  std::string account_;
  std::string number_;
  std::string own_phone_;
  const json::array* contacts_ = nullptr;
  bool alone_ = false;  // one message of one contact
};

}  // namespace

Webhook decode_webhook(std::string_view bytes, std::span<const std::string> numbers) {
  return Decoder(numbers).decode(bytes);
}

}  // namespace alur::adapters
