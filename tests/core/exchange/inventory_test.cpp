// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>

#include "core/base/apple_models.h"
#include "core/base/encoding.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/exchange/importer.h"
#include "tests/support/plans.h"

using namespace mainstay;

namespace {

std::string sample(const std::string& name) { return testing::data_file("inventory/" + name); }
const ImportOptions today{{}, Date::of(2026, 11, 24)};

Plan after(const Plan& plan, const std::string& path, std::string_view as = {}, const ImportOptions& options = today) { return applied(plan, import_file(plan, path, as, options).change); }

const Device& named(const Plan& plan, const std::string& name) {
  for (const auto& device : plan.devices)
    if (device.name == name) return device;
  FAIL("no device is named " << name);
  throw 0;
}

std::string fact(const Plan& plan, const Id& device, const std::string& name) {
  for (const auto& attribute : plan.attributes)
    if (attribute.subject_id == device && attribute.name == name) return attribute.value;
  return {};
}

std::string written(const std::string& name, std::string_view bytes) {
  const auto path = testing::fresh_folder() + "/" + name;
  write_file(path, bytes);
  return path;
}

std::string refusal(const std::string& path, std::string_view as = {}) {
  try {
    import_file(Plan(), path, as, today);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("an iPhone read by ideviceinfo arrives with its marketing name, build and serial number") {
  const auto plan = after(Plan(), sample("ideviceinfo.txt"));
  REQUIRE(plan.devices.size() == 1);
  const auto& phone = plan.devices[0];
  CHECK(phone.model == "iPhone 6");
  CHECK(phone.kind == Device::Kind::phone);
  CHECK(phone.os_build == "13D15");
  CHECK(phone.serial == "F2LTESTAAAA1");
  CHECK(to_text(phone.seen_on) == "2026-11-24");
  CHECK(fact(plan, phone.id, "part_number") == "MG472X/A");
}

TEST_CASE("every inventory format is told by its content and imported twice without a double") {
  for (const std::string name : {"ideviceinfo.txt", "ideviceinfo-locked.txt", "ideviceinfo.plist", "backups", "backups/0001", "system_profiler.xml", "jamf.csv", "intune-utf16.csv", "snipe-it.csv", "glpi.xml", "osquery.json"}) {
    INFO(name);
    const auto once = after(Plan(), sample(name));
    CHECK(!once.devices.empty());
    const auto again = import_file(once, sample(name), {}, today);
    CHECK(again.change.empty());
    CHECK(again.unchanged == static_cast<int>(once.devices.size()));
  }
}

TEST_CASE("one device seen by four inventories is one device") {
  Plan plan;
  for (const std::string name : {"ideviceinfo.txt", "backups", "system_profiler.xml", "jamf.csv", "ideviceinfo.plist"}) plan = after(plan, sample(name));
  int phones = 0, macs = 0, tablets = 0;
  for (const auto& device : plan.devices) {
    phones += device.kind == Device::Kind::phone;
    macs += device.serial == "C02TESTMAC01";
    tablets += device.kind == Device::Kind::tablet;
  }
  CHECK(phones == 2);
  CHECK(macs == 1);
  CHECK(tablets == 1);
  CHECK(named(plan, "Design MacBook").os_build == "21G1974");
}

TEST_CASE("a locked device without serial number stays unknown and says so") {
  const auto preview = import_file(Plan(), sample("ideviceinfo-locked.txt"), {}, today);
  REQUIRE(preview.findings.size() == 1);
  CHECK(preview.findings[0].message.find("locked") != std::string::npos);
  CHECK(applied(Plan(), preview.change).devices[0].serial.empty());
}

TEST_CASE("a backup folder tells when each phone was last backed up") {
  const auto plan = after(Plan(), sample("backups"));
  CHECK(fact(plan, named(plan, "Owner phone").id, "last_backup_on") == "2026-11-20");
  CHECK(fact(plan, named(plan, "Reception phone").id, "last_backup_on") == "2016-02-01");
}

TEST_CASE("an inventory never overwrites what a person typed, nor anything with emptiness") {
  const auto plan = testing::plan(R"(<device id="d" name="Front desk" kind="phone" serial="F2L-TESTAAAA1" model="iPhone 6, gold" os_build="13D20" seen_on="2026-11-23"/>)");
  auto typing = today;
  typing.typed = [](const Id&, std::string_view field) { return field == "name" || field == "model"; };
  auto next = applied(plan, import_file(plan, sample("ideviceinfo.txt"), {}, typing).change);
  REQUIRE(next.devices.size() == 1);
  CHECK(next.devices[0].name == "Front desk");
  CHECK(next.devices[0].model == "iPhone 6, gold");
  CHECK(next.devices[0].serial == "F2L-TESTAAAA1");
  CHECK(next.devices[0].os_build == "13D15");
  next = after(next, sample("ideviceinfo-locked.txt"));
  CHECK(next.devices.size() == 2);
}

TEST_CASE("an older inventory does not turn newer readings back") {
  const auto plan = testing::plan(R"(<device id="d" name="Reception phone" serial="F2LTESTAAAA1" os_version="12.5.7" os_build="16H81" seen_on="2026-11-01"/>)");
  const auto next = after(plan, sample("backups/0001"));
  CHECK(next.devices[0].os_build == "16H81");
  CHECK(next.devices[0].model_identifier == "iPhone7,2");
}

TEST_CASE("a name alone joins two devices only where nothing speaks against it") {
  const auto csv = written("list.csv", "Name,Serial Number,Model\nTill,S1,Model A\nScale,S2,Model B\n");
  const auto same = testing::plan(R"(<device id="d" name="till" model="Model A"/>)");
  auto preview = import_file(same, csv, "devices", today);
  CHECK(preview.added == 1);
  CHECK(preview.updated == 1);
  CHECK(preview.findings.size() == 2);  // that the name alone tells, and how it is written now
  const auto other_serial = testing::plan(R"(<device id="d" name="till" model="Model A" serial="X"/>)");
  CHECK(import_file(other_serial, csv, "devices", today).added == 2);
  const auto other_model = testing::plan(R"(<device id="d" name="till" model="Model Z"/>)");
  CHECK(import_file(other_model, csv, "devices", today).added == 2);
  const auto several = testing::plan(R"(<device id="d" name="till" count="4"/>)");
  CHECK(import_file(several, csv, "devices", today).added == 2);
}

TEST_CASE("words that makers write where they have nothing to say are no serial number") {
  const auto csv = written("list.csv", "Name,Serial Number,Model\nOne,To be filled by O.E.M.,M\nTwo,To be filled by O.E.M.,M\nThree,0,M\nFour,Default string,M\n");
  const auto plan = after(Plan(), csv, "devices");
  REQUIRE(plan.devices.size() == 4);
  for (const auto& device : plan.devices) CHECK(device.serial.empty());
}

TEST_CASE("USB devices are found at any depth, with old keys and new, and hubs are left out") {
  const auto plan = after(Plan(), sample("system_profiler.xml"));
  CHECK(named(plan, "Back-UPS ES 700G").kind == Device::Kind::ups);
  CHECK(named(plan, "Back-UPS ES 700G").brand == "APC");
  CHECK(named(plan, "Portable Disk").serial == "DISK0001");
  CHECK(named(plan, "Label Scale").serial.empty());
  for (const auto& device : plan.devices) CHECK(device.name.find("Hub") == std::string::npos);
}

TEST_CASE("printers without a serial number are devices, known again by their address, and what prints no paper is told") {
  const std::string head = "<REQUEST><CONTENT><VERSIONCLIENT>GLPI-Agent_v1.7</VERSIONCLIENT><HARDWARE><NAME>";
  const std::string printers =
      "</NAME></HARDWARE><PRINTERS><NAME>Fax</NAME><PORT>SHRFAX:</PORT></PRINTERS><PRINTERS><NAME>Front desk</NAME><DRIVER>Brother HL-L2350DW series</DRIVER><PORT>IP_192.168.1.20</PORT></PRINTERS>"
      "<PRINTERS><NAME>Front desk (copy 1)</NAME><DRIVER>Brother HL-L2350DW series</DRIVER><PORT>192.168.1.20_1</PORT></PRINTERS><PRINTERS><NAME>Labels</NAME><DRIVER>ZDesigner GK420d</DRIVER><PORT>USB001</PORT></PRINTERS>"
      "<PRINTERS><NAME>Copier</NAME><DRIVER>HP Universal Printing PCL 6</DRIVER><PORT>socket://copier.office.lan:9100</PORT></PRINTERS>"
      "<MONITORS><CAPTION>LP140WH1</CAPTION></MONITORS></CONTENT></REQUEST>";
  const auto first = import_file(Plan(), written("one.xml", head + "PC-1" + printers), {}, today);
  const auto plan = applied(Plan(), first.change);
  REQUIRE(plan.devices.size() == 4);
  CHECK(named(plan, "Front desk").kind == Device::Kind::printer);
  CHECK(named(plan, "Front desk").brand == "Brother");
  CHECK(named(plan, "Front desk").model == "Brother HL-L2350DW");
  CHECK(named(plan, "Copier").model == "Copier");
  REQUIRE(first.findings.size() == 2);
  CHECK(first.findings[0].message == "One printer was passed over, because it makes a file or a fax and is no device: Fax.");
  CHECK(first.findings[1].message.find("LP140WH1") != std::string::npos);
  const auto again = import_file(plan, written("one.xml", head + "PC-1" + printers), {}, today);
  CHECK(again.change.empty());
  CHECK(again.unchanged == 4);
  // Another computer prints on the same two in the network, and has a label printer of its own.
  const auto both = after(plan, written("two.xml", head + "PC-2" + printers));
  CHECK(both.devices.size() == 6);
}

TEST_CASE("what osquery lists on USB are devices of their own, two alike are two, and hubs and parts are told") {
  const std::string computer = R"({"system_info":[{"computer_name":"studio","hardware_model":"Mac14,12","hardware_serial":"TESTMINI05","hardware_vendor":"Apple Inc."}],"usb_devices":[)";
  const std::string rows =
      R"({"usb_address":"1","usb_port":"1","vendor":"Linux Foundation","vendor_id":"1d6b","model":"2.0 root hub","model_id":"0002","serial":"0000:00:14.0","removable":"-1","class":"9"},)"
      R"({"usb_address":"1","usb_port":"2","vendor":"American Power Conversion","vendor_id":"051d","version":"0090","model":"Back-UPS ES 700G","model_id":"0002","serial":"5B1234T12345","removable":"1","class":"0"},)"
      R"({"usb_address":"1","usb_port":"4","vendor":"Logitech, Inc.","vendor_id":"046d","model":"USB Optical Mouse","model_id":"c077","serial":"","removable":"1"},)"
      R"({"usb_address":"1","usb_port":"5","vendor":"Logitech, Inc.","vendor_id":"046d","model":"USB Optical Mouse","model_id":"c077","serial":"","removable":"1"},)"
      R"({"usb_address":"2","usb_port":"1","vendor":"Apple Inc.","vendor_id":"05ac","model":"Apple Internal Keyboard / Trackpad","model_id":"0273","serial":"","removable":"0"},)"
      R"({"usb_address":"2","usb_port":"9","vendor":"","vendor_id":"1234","model":"","model_id":"9999","serial":"","removable":"1"})";
  const auto file = written("osquery.json", computer + rows + "]}");
  const auto preview = import_file(Plan(), file, {}, today);
  const auto plan = applied(Plan(), preview.change);
  REQUIRE(plan.devices.size() == 4);
  const auto& ups = named(plan, "Back-UPS ES 700G");
  CHECK(ups.kind == Device::Kind::ups);
  CHECK(ups.brand == "APC");
  CHECK(ups.serial == "5B1234T12345");
  CHECK(fact(plan, ups.id, "usb_id") == "0x051d:0x0002");
  CHECK(preview.findings.size() == 2);
  CHECK(import_file(plan, file, {}, today).change.empty());
  // The same rows without a computer: what has a serial number is taken, the rest is told.
  const auto alone = import_file(Plan(), written("usb.json", "[" + rows + "]"), {}, today);
  CHECK(applied(Plan(), alone.change).devices.size() == 1);
  CHECK(std::any_of(alone.findings.begin(), alone.findings.end(), [](const Finding& f) { return f.message.find("names no computer") != std::string::npos; }));
}

TEST_CASE("a disk that system_profiler and osquery both list is one device") {
  const auto mac = after(Plan(), sample("system_profiler.xml"));
  const auto serial = named(mac, "Portable Disk").serial;
  const auto both = after(mac, written("usb.json", R"([{"usb_address":"1","usb_port":"2","vendor":"Lexar Media, Inc.","vendor_id":"05dc","model":"Portable Disk","model_id":"a838","serial":")" + serial + R"("}])"));
  CHECK(both.devices.size() == mac.devices.size());
}

TEST_CASE("a USB printer listed among the printers and on USB is one device with its serial number") {
  const auto plan = after(Plan(), written("glpi.xml", "<REQUEST><CONTENT><HARDWARE><NAME>PC-1</NAME></HARDWARE><PRINTERS><NAME>HP LaserJet 1020</NAME><DRIVER>HP LaserJet 1020</DRIVER><PORT>USB001</PORT></PRINTERS>"
                                              "<USBDEVICES><CAPTION>HP LaserJet 1020</CAPTION><SERIAL>FN0TEST9</SERIAL><VENDORID>03f0</VENDORID><PRODUCTID>2b17</PRODUCTID></USBDEVICES></CONTENT></REQUEST>"));
  REQUIRE(plan.devices.size() == 2);
  CHECK(named(plan, "HP LaserJet 1020").serial == "FN0TEST9");
  CHECK(named(plan, "HP LaserJet 1020").kind == Device::Kind::printer);
}

TEST_CASE("battery part numbers of an agent become facts that rules can ask for") {
  const auto plan = after(Plan(), sample("glpi.xml"));
  const auto id = named(plan, "OFFICE-X201").id;
  CHECK(fact(plan, id, "battery_part") == "42T4695");
  CHECK(fact(plan, id, "battery_part_2") == "45N1022");
  CHECK(fact(plan, id, "power_supply_part") == "PSU-500");
}

TEST_CASE("a device list with headers of its own is read by a mapping, which is remembered") {
  ImportOptions options = today;
  options.columns = {{"Gerät", "name"}, {"Seriennr.", "serial"}, {"Typenbezeichnung", "model"}, {"Raum", "fact:room"}};
  CHECK(!refusal(sample("own-list.csv")).empty());
  const auto plan = after(Plan(), sample("own-list.csv"), "devices", options);
  REQUIRE(plan.devices.size() == 2);
  CHECK(named(plan, "Kasse").model == "Epson TM-T20");
  CHECK(fact(plan, named(plan, "Drucker").id, "room") == "Büro");
  const auto again = import_file(plan, sample("own-list.csv"), {}, today);
  CHECK(again.unchanged == 2);
  CHECK(again.findings.empty());
  options.columns = {{"Gerät", "nonsense"}};
  CHECK_THROWS_WITH(import_file(plan, sample("own-list.csv"), "devices", options), Catch::Contains("no field"));
  options.columns = {{"Gibt es nicht", "name"}};
  CHECK_THROWS_WITH(import_file(plan, sample("own-list.csv"), "devices", options), Catch::Contains("no column"));
}

TEST_CASE("columns, dates and formulas that cannot be taken are reported in one sentence each") {
  const auto csv = written("list.csv", "Name,Serial Number,Model,Purchase Date,Mystery\nA,S1,M,3/4/2020,x\nB,S2,M,5/6/2020,x\n=1+1,\"=\"\"0042\"\"\",M,2020-01-02,x\n");
  const auto preview = import_file(Plan(), csv, {}, today);
  REQUIRE(preview.findings.size() == 3);
  const auto plan = applied(Plan(), preview.change);
  REQUIRE(plan.devices.size() == 3);
  CHECK(plan.devices[0].purchased_on == Date());
  CHECK(plan.devices[2].serial == "0042");
  CHECK(to_text(plan.devices[2].purchased_on) == "2020-01-02");
}

TEST_CASE("a date column settles its own order where one date can be read in one way only") {
  const auto csv = written("list.csv", "Name,Serial Number,Model,Purchase Date\nA,S1,M,3/4/2020\nB,S2,M,24/6/2020\n");
  const auto plan = after(Plan(), csv);
  CHECK(to_text(plan.devices[0].purchased_on) == "2020-04-03");
}

TEST_CASE("a computer's line tells its kind and its maker, and a maker's legal forms are left out") {
  const auto plan = after(Plan(), written("list.csv", "Name,Serial Number,Manufacturer,Model\nA,S1,HP Inc.,HP ProBook 450 G8\nB,S2,,Latitude 5420\nC,S3,Sunbeam Corporation Pty. Limited,Kettle 3\nD,S4,Dell Inc.,Dell Dock WD19\n"), "devices");
  CHECK(named(plan, "A").kind == Device::Kind::laptop);
  CHECK(named(plan, "A").brand == "HP");
  CHECK(named(plan, "B").kind == Device::Kind::laptop);
  CHECK(named(plan, "B").brand == "Dell");
  CHECK(named(plan, "C").brand == "Sunbeam");
  CHECK(named(plan, "C").kind == Device::Kind::unknown);
  CHECK(named(plan, "D").kind == Device::Kind::unknown);
}

TEST_CASE("hostile inventories are refused in a sentence") {
  std::string nested = "<?xml version=\"1.0\"?><plist><array><dict><key>_dataType</key><string>SPHardwareDataType</string><key>x</key>";
  for (int i = 0; i < 100; ++i) nested += "<array>";
  for (int i = 0; i < 100; ++i) nested += "</array>";
  CHECK(refusal(written("deep.xml", nested + "</dict></array></plist>")).find("nests") != std::string::npos);
  std::string rows = "[{\"hardware_serial\":\"x\",\"y\":";
  CHECK(refusal(written("deep.json", rows + std::string(100'000, '[') + std::string(100'000, ']') + "}]")).find("nests") != std::string::npos);
  CHECK(refusal(written("half.json", "[{\"hardware_serial\":\"x\"")).find("cut short") != std::string::npos);
  CHECK(!refusal(written("half.plist", read_file(sample("ideviceinfo.plist")).substr(0, 400))).empty());
  CHECK(!refusal(written("empty.csv", "")).empty());
  CHECK(!refusal(written("head.csv", "Serial Number,Model\n")).empty());
  CHECK(refusal(written("bomb.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><REQUEST><CONTENT><HARDWARE><NAME>&c;</NAME></HARDWARE></CONTENT></REQUEST>")).find("declares entities of its own") != std::string::npos);
  CHECK(!refusal(written("noise.bin", std::string("\x7f\x00\x01\xff\xfe", 5))).empty());
}

TEST_CASE("Apple identifiers have marketing names, Macs sometimes several") {
  CHECK(apple_model_name("iPhone7,2") == "iPhone 6");
  CHECK(apple_model_names("MacPro5,1").size() == 4);
  CHECK(apple_model_name("iPhone99,9").empty());
  CHECK(is_apple_identifier("MacBookPro11,4"));
  CHECK(!is_apple_identifier("20HQS00000"));
}

TEST_CASE("text of other encodings and HTML becomes plain UTF-8") {
  CHECK(utf8_text(std::string_view("\xFF\xFE" "B\0\xFC\0", 6)) == "Bü");
  CHECK(utf8_text("\xEF\xBB\xBF" "a") == "a");
  CHECK(utf8_text("B\xFCro \x80") == "Büro €");
  CHECK(plain_text("<p>Insignia&reg;&nbsp;ranges</p><p>fire &amp;amp; burns &#8211; 5 &lt; 6</p>") == "Insignia® ranges fire & burns – 5 < 6");
  CHECK(plain_text("&#xFFFFFFFFF; &bogus; &") == "&#xFFFFFFFFF; &bogus; &");
}

TEST_CASE("the columns of a list that nobody knows are shown with samples, and what a person says of them is known the next time") {
  const auto path = written("assets.csv", "Bezeichnung;Gerätenr.;Raum\nEmpfang;C02AAA1;EG\nLager;C02AAA2;EG\nBüro;C02AAA3;1. OG\n");
  const auto before = device_columns(Plan(), path);
  REQUIRE(before);
  REQUIRE(before->columns.size() == 3);
  CHECK(before->rows == 3);
  CHECK_FALSE(before->names_a_device);
  CHECK(before->columns[0].header == "Bezeichnung");
  CHECK(before->columns[0].samples == std::vector<std::string>{"Empfang", "Lager", "Büro"});
  CHECK(before->columns[2].samples == std::vector<std::string>{"EG", "1. OG"});
  CHECK_FALSE(before->columns[1].target);
  const auto plan = after(Plan(), path, "devices", {{{"Bezeichnung", "name"}, {"Gerätenr.", "serial"}, {"Raum", ""}}, today.today});
  REQUIRE(plan.devices.size() == 3);
  const auto again = device_columns(plan, path);
  REQUIRE(again);
  CHECK(again->names_a_device);
  CHECK(*again->columns[1].target == "serial");
  CHECK(again->columns[2].target->empty());
  CHECK(import_file(plan, path, {}, today).change.empty());
  CHECK_FALSE(device_columns(Plan(), sample("osquery.json")));
  CHECK_FALSE(device_columns(Plan(), sample("system_profiler.xml")));
  CHECK_FALSE(device_columns(Plan(), written("person.csv", "name,phone\nMia,1\n")));
  CHECK_THROWS_AS(device_columns(Plan(), "/no/such/file.csv"), Error);
}

TEST_CASE("inventories in UTF-16 are read with a mark and without") {
  for (const std::string name : {"osquery.json", "jamf.csv", "ideviceinfo.txt", "system_profiler.xml"}) {
    const auto text = read_file(sample(name));
    const auto narrow = after(Plan(), sample(name));
    for (const bool big : {false, true})
      for (const bool mark : {false, true}) {
        INFO(name << (big ? " big" : " little") << (mark ? " marked" : ""));
        std::string wide = !mark ? "" : big ? "\xFE\xFF" : "\xFF\xFE";
        for (const char c : text) {
          if (static_cast<unsigned char>(c) >= 0x80) continue;
          wide += big ? std::string{'\0', c} : std::string{c, '\0'};
        }
        const auto read = after(Plan(), written(name, wide));
        REQUIRE(read.devices.size() == narrow.devices.size());
        CHECK(read.devices[0].serial == narrow.devices[0].serial);
        CHECK(read.devices[0].os_version == narrow.devices[0].os_version);
      }
  }
}
