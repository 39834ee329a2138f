// SPDX-License-Identifier: MIT
#pragma once
#include <stop_token>
#include <string>
#include <vector>

#include "core/probe/probe_types.h"

namespace mainstay {

/// A Time Machine bundle on a share, and whose it says it is.
struct FoundBundle {
  std::string name;              ///< "Front Desk.sparsebundle"
  std::string host_uuid, model;  ///< of the Mac: its hardware UUID, and what it calls itself ("Macmini9,1"); empty where the bundle does not say
  std::string network_address;   ///< MAC address, as the bundle writes it
  Observation reading;           ///< as its own probe would read it
};
/// What is on a share.
struct BundleSearch {
  std::vector<FoundBundle> bundles;  ///< in the order of their names
  std::size_t passed_over = 0;       ///< more than are looked into
  std::string problem;               ///< why the share could not be read; empty where it could
  std::string presented_pin;         ///< of a device that nobody vouches for yet
};
/// Looks at the share of a Time Machine probe, whichever bundle the probe is for, on the calling thread; each bundle is read as a probe reads it.
BundleSearch find_bundles(const Probe& probe, const Secrets& secrets, Clock clock, std::stop_token stop = {});

}  // namespace mainstay
