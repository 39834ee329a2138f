// SPDX-License-Identifier: MIT
#include "core/exchange/device_words.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/model/device.h"

namespace mainstay {
namespace {

/// A folded word, and what it means.
struct Alias {
  std::string_view header, target;
};
constexpr Alias aliases[] = {
    {"displayname", "name"}, {"devicename", "name"}, {"computername", "name"}, {"assetname", "name"}, {"hostname", "name"}, {"name", "name"}, {"device", "name"}, {"itemname", "name"},
    {"serialnumber", "serial"}, {"serial", "serial"}, {"serialno", "serial"}, {"sn", "serial"}, {"servicetag", "serial"}, {"hardwareserial", "serial"}, {"seriennummer", "serial"}, {"seriennr", "serial"},
    {"servicetagnumber", "serial"}, {"numerodeserie", "serial"},
    {"model", "model"}, {"modelname", "model"}, {"devicemodel", "model"}, {"product", "model"}, {"hardwaremodel", "model"},
    {"modelidentifier", "model_identifier"}, {"producttype", "model_identifier"}, {"modelnumber", "model_number"}, {"modelno", "model_number"},
    {"manufacturer", "brand"}, {"brand", "brand"}, {"make", "brand"}, {"vendor", "brand"}, {"hersteller", "brand"},
    {"osversion", "os_version"}, {"operatingsystemversion", "os_version"}, {"osbuild", "os_build"}, {"osbuildversion", "os_build"}, {"os", "os_name"}, {"operatingsystem", "os_name"},
    {"platform", "os_name"}, {"udid", "unique_id"}, {"uuid", "unique_id"}, {"hardwareuuid", "unique_id"}, {"deviceid", "unique_id"}, {"devicetype", "kind"}, {"category", "kind"},
    {"type", "kind"}, {"purchasedate", "purchased_on"}, {"podate", "purchased_on"}, {"orderdate", "purchased_on"}, {"orderdatetime", "purchased_on"}, {"datepurchased", "purchased_on"},
    {"manufacturedate", "made_on"}, {"quantity", "count"}, {"qty", "count"}, {"location", "site_id"}, {"site", "site_id"}, {"building", "site_id"},
    {"fullname", "person_id"}, {"username", "person_id"}, {"user", "person_id"}, {"assignedto", "person_id"}, {"primaryuserupn", "person_id"}, {"primaryuseremailaddress", "person_id"},
    {"primaryuserdisplayname", "person_id"}, {"email", "person_id"}, {"emailaddress", "person_id"}, {"owner", "person_id"}, {"checkedoutto", "person_id"},
    {"lastinventoryupdate", "seen_on"}, {"lastcheckin", "seen_on"}, {"lastseen", "seen_on"}, {"lastupdated", "seen_on"}, {"updatedat", "seen_on"},
    {"assettag", "fact:asset_tag"}, {"imei", "fact:imei"}, {"ordernumber", "fact:order_number"}, {"supplier", "fact:supplier"}, {"warranty", "fact:warranty"},
    {"warrantyexpiration", "fact:warranty_until"}, {"asseteoldate", "fact:asset_eol_on"}, {"status", "fact:asset_status"}, {"encrypted", "fact:encrypted"},
    {"filevault2status", "fact:encrypted"}, {"lastbackup", "fact:last_backup_on"}, {"lasticloudbackup", "fact:last_backup_on"}, {"partnumber", "fact:part_number"},
    {"batterypart", "fact:battery_part"}, {"supervised", "fact:supervised"},
    {"enrollmentdate", ""}, {"azureaddeviceid", ""}, {"microsoftentradeviceid", ""}, {"compliance", ""}, {"managedby", ""}, {"ownership", ""}, {"devicestate", ""}, {"intuneregistered", ""},
    {"skufamily", ""}, {"jointype", ""}, {"phonenumber", ""}, {"jailbroken", ""}, {"iccid", ""}, {"eid", ""}, {"meid", ""}, {"wifimac", "fact:mac_address"}, {"ethernetmac", "fact:mac_address"}, {"macaddress", "fact:mac_address"}, {"mac", "fact:mac_address"}, {"wifimacaddress", "fact:mac_address"}, {"macadresse", "fact:mac_address"},
    {"securitypatchlevel", ""}, {"totalstorage", ""}, {"freestorage", ""}, {"purchasecost", ""}, {"company", ""}, {"notes", ""}, {"jamfprocomputerid", ""}, {"jamfproid", ""}, {"managed", ""},
    {"ipaddress", ""}, {"lastreportedipaddress", ""}, {"userapproved", ""}, {"managementname", ""}, {"color", ""}, {"id", ""}, {"source", ""}, {"knownfrom", ""},
    {"assettype", "kind"}, {"assetcategory", "kind"}, {"geraetetyp", "kind"}, {"geraeteart", "kind"}, {"kategorie", "kind"}, {"typ", "kind"}, {"art", "kind"},
    {"manufactured", "made_on"}, {"manufacturedon", "made_on"}, {"dateofmanufacture", "made_on"}, {"manufacturingdate", "made_on"}, {"productiondate", "made_on"}, {"herstellungsdatum", "made_on"}, {"produktionsdatum", "made_on"},
    {"purchased", "purchased_on"}, {"dateofpurchase", "purchased_on"}, {"acquisitiondate", "purchased_on"}, {"acquired", "purchased_on"}, {"boughton", "purchased_on"},
    {"kaufdatum", "purchased_on"}, {"anschaffungsdatum", "purchased_on"}, {"bestelldatum", "purchased_on"}, {"gekauftam", "purchased_on"},
    {"region", "sale_region"}, {"country", "sale_region"}, {"countryofpurchase", "sale_region"}, {"purchasedin", "sale_region"}, {"land", "sale_region"}, {"kaufland", "sale_region"},
    {"modell", "model"}, {"modellname", "model"}, {"modellbezeichnung", "model"}, {"produkt", "model"}, {"modele", "model"},
    {"modellkennung", "model_identifier"}, {"modellnummer", "model_number"}, {"modellnr", "model_number"},
    {"marke", "brand"}, {"fabricant", "brand"}, {"marque", "brand"}, {"geraetename", "name"}, {"geraet", "name"}, {"rechnername", "name"}, {"computer", "name"}, {"nom", "name"},
    {"betriebssystem", "os_name"}, {"betriebssystemversion", "os_version"}, {"osversionnumber", "os_version"}, {"buildnumber", "os_build"}, {"osbuildnumber", "os_build"}, {"buildversion", "os_build"},
    {"anzahl", "count"}, {"menge", "count"}, {"stueckzahl", "count"}, {"number", "count"}, {"standort", "site_id"}, {"office", "site_id"}, {"benutzer", "person_id"}, {"nutzer", "person_id"}, {"besitzer", "person_id"},
    {"zugewiesenan", "person_id"}, {"mitarbeiter", "person_id"}, {"zuletztgesehen", "seen_on"}, {"letztermeldung", "seen_on"},
    {"assetid", "fact:asset_tag"}, {"assetnumber", "fact:asset_tag"}, {"assetno", "fact:asset_tag"}, {"tag", "fact:asset_tag"}, {"inventorynumber", "fact:asset_tag"}, {"inventarnummer", "fact:asset_tag"},
    {"inventarnr", "fact:asset_tag"}, {"anlagennummer", "fact:asset_tag"}, {"lieferant", "fact:supplier"}, {"garantie", "fact:warranty"}, {"kaufpreis", ""}, {"bemerkung", ""}, {"bemerkungen", ""}, {"notizen", ""}};

/// Letters with accents as headers of other languages have them, and how they are folded.
constexpr std::pair<std::string_view, std::string_view> accents[] = {{"ä", "ae"}, {"Ä", "ae"}, {"ö", "oe"}, {"Ö", "oe"}, {"ü", "ue"}, {"Ü", "ue"}, {"ß", "ss"}, {"é", "e"}, {"É", "e"}, {"è", "e"}, {"È", "e"},
                                                                     {"ê", "e"}, {"à", "a"}, {"á", "a"}, {"ç", "c"}, {"í", "i"}, {"ó", "o"}, {"ñ", "n"}, {"ú", "u"}};

}  // namespace

std::string folded_header(std::string_view header) {
  std::string out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
    else if (c >= 'A' && c <= 'Z') out += static_cast<char>(c - 'A' + 'a');
    else
      for (const auto& [accent, plain] : accents)
        if (header.substr(i).starts_with(accent)) out += plain;
  }
  return out;
}

std::optional<std::string_view> device_column(std::string_view header) {
  const auto key = folded_header(header);
  if (key.empty()) return {};
  for (const auto& alias : aliases)
    if (alias.header == key) return alias.target;
  for (const auto& field : Device::info().fields)
    if (key == folded_header(field.key) || key == folded_header(field.label)) return field.key;
  return {};
}

std::string_view kind_word(std::string_view text) {
  static constexpr Alias words[] = {{"iphone", "phone"}, {"smartphone", "phone"}, {"ipad", "tablet"}, {"tablet", "tablet"}, {"laptop", "laptop"}, {"notebook", "laptop"},
                                    {"macbook", "laptop"}, {"desktop", "desktop"}, {"workstation", "desktop"}, {"imac", "desktop"}, {"mac mini", "desktop"}, {"server", "server"}, {"nas", "nas"},
                                    {"network storage", "nas"}, {"power bank", "power_bank"}, {"powerbank", "power_bank"}, {"wall plug", "wall_plug"}, {"charger", "charger"},
                                    {"power adapter", "charger"}, {"surge", "surge_protector"}, {"printer", "printer"}, {"router", "router"}, {"switch", "router"}, {"access point", "router"}, {"phone", "phone"},
                                    {"drucker", "printer"}, {"handy", "phone"}, {"telefon", "phone"}, {"netzteil", "charger"}, {"ladegerät", "charger"}, {"steckernetzteil", "wall_plug"}, {"monitor", "other"},
                                    {"display", "other"}, {"rechner", "desktop"}, {"computer", "desktop"}};
  const auto folded_text = lower_case(text);
  for (const auto& choice : Device::info().field("kind")->choices)
    if (!choice.key.empty() && (folded_text == choice.key || folded_text == lower_case(choice.label))) return choice.key;
  if (folded_text == "ups" || folded_text.find("uninterruptible") != std::string::npos) return "ups";
  for (const auto& word : words)
    if (folded_text.find(word.header) != std::string::npos) return word.target;
  return "";
}

std::string_view region_word(std::string_view text) {
  static constexpr Alias words[] = {{"au", "australia"}, {"australien", "australia"}, {"nz", "new_zealand"}, {"neuseeland", "new_zealand"}, {"uk", "united_kingdom"}, {"gb", "united_kingdom"}, {"great britain", "united_kingdom"},
                                    {"england", "united_kingdom"}, {"ie", "ireland"}, {"irland", "ireland"}, {"us", "united_states"}, {"usa", "united_states"}, {"united states of america", "united_states"},
                                    {"ca", "canada"}, {"kanada", "canada"}, {"eu", "europe"}, {"europe", "europe"}, {"europa", "europe"}, {"germany", "europe"}, {"deutschland", "europe"}, {"de", "europe"},
                                    {"austria", "europe"}, {"österreich", "europe"}, {"at", "europe"}, {"switzerland", "europe"}, {"schweiz", "europe"}, {"ch", "europe"}, {"france", "europe"}, {"frankreich", "europe"},
                                    {"fr", "europe"}, {"italy", "europe"}, {"italien", "europe"}, {"it", "europe"}, {"spain", "europe"}, {"spanien", "europe"}, {"es", "europe"}, {"netherlands", "europe"}, {"nl", "europe"},
                                    {"belgium", "europe"}, {"be", "europe"}, {"poland", "europe"}, {"pl", "europe"}, {"denmark", "europe"}, {"dk", "europe"}, {"sweden", "europe"}, {"se", "europe"}, {"norway", "europe"},
                                    {"no", "europe"}, {"finland", "europe"}, {"fi", "europe"}, {"portugal", "europe"}, {"pt", "europe"}, {"sg", "singapore"}, {"hk", "hong_kong"}, {"hongkong", "hong_kong"},
                                    {"kr", "south_korea"}, {"korea", "south_korea"}, {"ar", "argentina"}, {"br", "brazil"}, {"brasil", "brazil"}, {"brasilien", "brazil"}};
  const auto folded = lower_case(trimmed(text));
  for (const auto& choice : Device::info().field("sale_region")->choices)
    if (!choice.key.empty() && (folded == choice.key || folded == lower_case(choice.label))) return choice.key;
  for (const auto& word : words)
    if (folded == word.header) return word.target;
  return "";
}

}  // namespace mainstay
