// SPDX-License-Identifier: MIT
#include "core/model/device.h"

namespace mainstay {
namespace {

constexpr Choice kinds[] = {{"", "Not known"}, {"phone", "Phone"}, {"tablet", "Tablet"}, {"laptop", "Laptop"}, {"desktop", "Desktop computer"}, {"server", "Server"},
                            {"nas", "Network storage (NAS)"}, {"wall_plug", "Wall plug adapter"}, {"power_bank", "Power bank"}, {"charger", "Charger or cord"},
                            {"ups", "UPS"}, {"surge_protector", "Surge protector"}, {"printer", "Printer"}, {"router", "Router or switch"}, {"other", "Other"}};
using D = Device;
constexpr FieldInfo device_fields[] = {
    field<&D::name>("name", "Name", "What people call it."),
    field<&D::kind>("kind", "Kind", "", kinds),
    field<&D::brand>("brand", "Brand", ""),
    field<&D::model>("model", "Model", "As sold: iPhone 6."),
    field<&D::model_identifier>("model_identifier", "Model identifier", "As the device says: iPhone7,2."),
    field<&D::model_number>("model_number", "Model number", "As printed on it: A1586."),
    field<&D::serial>("serial", "Serial number", ""),
    field<&D::os_name>("os_name", "System", "iOS, macOS, Windows, DSM …"),
    field<&D::os_version>("os_version", "System version", ""),
    field<&D::os_build>("os_build", "Build", "Such as 13D15; on an iPhone under Settings, General, About."),
    field<&D::purchased_on>("purchased_on", "Bought", ""),
    field<&D::sale_region>("sale_region", "Bought in", "", region_choices),
    field<&D::site_id>("site_id", "Where", "").refers("site"),
    field<&D::person_id>("person_id", "Used by", "").refers("person"),
    field<&D::count>("count", "How many", "Several alike may share one entry."),
    field<&D::source>("source", "Known from", "Which inventory or person it came from.").operating(),
    field<&D::seen_on>("seen_on", "Last seen", "").operating(),
    field<&D::unique_id>("unique_id", "Identifier in inventories", "UDID, hardware UUID or the like; keeps imports from making doubles."),
    field<&D::made_on>("made_on", "Made", "Date of manufacture, where a recall asks for it."),
};
using A = Attribute;
constexpr FieldInfo attribute_fields[] = {
    field<&A::subject_id>("subject_id", "About", "The device or place, or the activity whose income somebody confirmed.").refers("*").needed(),
    field<&A::name>("name", "Question", "The rule's name for it, such as marking or repaired_by_third_party."),
    field<&A::value>("value", "Answer", "“(none)” = looked, and there is nothing; empty = nobody looked."),
    field<&A::seen_on>("seen_on", "Looked at", ""),
    field<&A::seen_by>("seen_by", "By", ""),
};
constexpr RecordInfo device_info{"device", "Device", "Devices", "Phones, computers, plugs: what recalls and defects can hit.", device_fields};
constexpr RecordInfo attribute_info{"attribute", "Known fact", "Known facts", "Answers to what is asked about a device, a place, a backup or a service, and figures of a starter plan that somebody confirmed.", attribute_fields};

}  // namespace

const RecordInfo& Device::info() { return device_info; }
const RecordInfo& Attribute::info() { return attribute_info; }

}  // namespace mainstay
