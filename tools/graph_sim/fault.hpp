// GraphFault: an error as the Graph API answers it.
#pragma once

#include <optional>
#include <string>

namespace alur::graph_sim {

struct GraphFault {
  int http = 400;
  int code = 100;
  std::string title;
  std::string details;
};

using Refusal = std::optional<GraphFault>;

// {"error": {"message": "(#100) Invalid parameter", "type", "code", "error_data", "fbtrace_id"}}
std::string to_json(const GraphFault& fault, const std::string& trace);

}  // namespace alur::graph_sim
