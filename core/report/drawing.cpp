// SPDX-License-Identifier: MIT
// What to look for on plugs, batteries, computers and phones. Drawn for recognition and not to scale; every drawing says in words what it shows.
#include "core/report/drawing.h"

#include "core/base/text.h"
#include "core/report/sketch.h"

namespace mainstay {
namespace {

/// The canvas of every drawing.
constexpr double wide = 240, high = 140;
Sketch sketch() { return {wide, high}; }

/// A small sample of a mark with its verdict below.
void sample(Sketch& s, double x, double y, const std::string& mark, bool safe, const std::string& words) {
  s.body(x - 18, y, 36, 15, 4, "plain_tint", 1.0);
  if (!mark.empty()) s.text(x, y + 10.6, mark, 8, 0, "ink", true);
  s.verdict(x, y + 25, safe, words);
}

Figure two_prong() {
  auto s = sketch();
  // The adapter, and its plug slid off.
  s.curve({{16, 104}, {6, 112}, {20, 122}, {40, 119}, {66, 122}}, "muted", 1.6);
  s.body(10, 46, 58, 58, 9);
  s.body(56, 56, 12, 20, 3, "plain_tint", 0.9);
  s.arrow(70, 66, 82, 66);
  s.body(86, 48, 26, 36, 8);
  s.body(112, 55, 13, 4.4, 2, "plain_tint", 0.9);
  s.body(112, 72, 13, 4.4, 2, "plain_tint", 0.9);
  s.text(67, 36, tr("Slide the plug off"), 8, 0, "ink", true);
  // The plug from its inside, large.
  s.body(146, 14, 84, 62, 13);
  s.body(162, 24, 52, 42, 7, "plain_tint", 1.0);
  s.circle(188, 57, 5, "paper", "muted", 1.0);
  s.spot(170, 29, 36, 15);
  s.text(188, 40, "AUS", 9, 0, "ink", true);
  s.lead(136, 22, 170, 35);
  s.text(134, 20, tr("in the slot"), 7.4, 1, "accent", true);
  sample(s, 105, 100, "EUR", true, tr("safe"));
  sample(s, 157, 100, "1234", false, tr("recalled"));
  sample(s, 209, 100, "", false, tr("recalled"));
  return s.done(tr("Inside the slot of an Apple two-prong plug"),
                tr("An Apple power adapter whose two-prong plug has been slid off. Seen from its inside the plug has a slot. Three letters in the slot, EUR, KOR, AUS, ARG or BRA, are safe; four or five characters, or none, are recalled."));
}

Figure three_prong() {
  auto s = sketch();
  s.body(14, 26, 78, 84, 12);
  s.body(47, 36, 12, 25, 2, "plain_tint", 1.0);
  s.body(24, 78, 23, 11, 2, "plain_tint", 1.0);
  s.body(59, 78, 23, 11, 2, "plain_tint", 1.0);
  s.text(53, 125, tr("three rectangular pins"), 7.4, 0, "muted");
  s.text(14, 17, tr("Slide it off, turn it over"), 8, -1, "ink", true);
  const auto inside = [&](double x, bool grey) {
    s.body(x, 26, 58, 62, 11);
    s.body(x + 10, 35, 38, 43, 6, grey ? "#B9C4C8" : "paper", 1.0);
    s.circle(x + 29, 68, 4.5, grey ? "#DCE3E5" : "paper", "muted", 1.0);
  };
  inside(108, false);
  inside(176, true);
  s.text(137, 101, tr("all white,"), 7.4, 0);
  s.text(137, 111, tr("no letters"), 7.4, 0);
  s.verdict(137, 125, false, tr("recalled"));
  s.text(205, 101, tr("grey inside"), 7.4, 0);
  s.verdict(205, 125, true, tr("safe"));
  return s.done(tr("The inner part of an Apple three-prong plug"),
                tr("A plug with three rectangular pins, slid off its adapter and turned over. White all over without letters in the slot is recalled; a grey inner part is safe."));
}

Figure a1300() {
  auto s = sketch();
  s.body(14, 16, 84, 98, 12);
  s.circle(42, 46, 6.5, "plain_tint");
  s.circle(70, 46, 6.5, "plain_tint");
  s.circle(42, 46, 2.6, "paper", "muted", 0.8);
  s.circle(70, 46, 2.6, "paper", "muted", 0.8);
  s.print(24, 72, 36, 5, 6);
  s.spot(62, 84, 31, 24);
  s.print(66, 90, 22, 1);
  s.ce(70, 100, 9, true);
  s.text(56, 129, tr("the face with the pins"), 7.4, 0, "muted");
  s.lead(122, 40, 93, 90);
  const auto row = [&](double y, const std::string& model, int mark, bool safe) {
    s.body(124, y, 108, 26, 5, "plain_tint", 0.9);
    s.text(130, y + 16, model, 7.6, -1, "ink", true);
    if (mark) s.ce(191, y + 13, 11, mark == 1);
    s.text(224, y + 17, safe ? "✓" : "✕", 10, 0, safe ? "good" : "bad", true);
  };
  s.text(124, 15, tr("Model and CE mark"), 8, -1, "ink", true);
  row(22, "Model A1300", 1, false);
  s.text(130, 57, tr("CE solid grey: recalled"), 7.2, -1, "bad", true);
  row(63, "Model A1300", 2, true);
  s.text(130, 98, tr("CE in outline: safe"), 7.2, -1, "good", true);
  row(104, "Model A1400", 0, true);
  return s.done(tr("Model and CE mark on an Apple USB adapter"),
                tr("The face of a small white USB power adapter with two round pins. At the lower right stand the model and the letters CE. Model A1300 with CE in solid grey is recalled; CE in outline, or model A1400, is safe."));
}

Figure iphone_about() {
  auto s = sketch();
  s.body(12, 6, 68, 128, 12);
  s.body(17, 18, 58, 98, 3, "plain_tint", 0.8);
  s.circle(46, 125, 4.6, "paper", "muted", 0.9);
  s.line(38, 12, 54, 12, 1.6, "line");
  s.text(46, 28, tr("About"), 7, 0, "ink", true);
  for (int i = 0; i < 5; ++i) {
    s.body(20, 34 + i * 15.0, 52, 12, 2, i == 1 || i == 2 ? "accent_tint" : "paper", 0.6, i == 1 || i == 2 ? "accent" : "line");
    s.line(23, 40 + i * 15.0, 36, 40 + i * 15.0, 1.2, "line");
    s.line(52, 40 + i * 15.0, 68, 40 + i * 15.0, 1.2, "line");
  }
  s.text(96, 16, tr("Settings › General › About"), 8, -1, "ink", true);
  s.lead(96, 46, 72, 56);
  const auto row = [&](double y, const std::string& label, const std::string& value) {
    s.body(96, y, 138, 24, 5, "paper", 0.9, "muted");
    s.text(102, y + 15, label, 7.4, -1, "muted");
    s.text(228, y + 15, value, 8, 1, "ink", true);
  };
  row(28, tr("Version"), "");
  s.text(184, 43, "9.2.1", 8, 1, "ink", true);
  s.spot(187, 32, 44, 16);
  s.text(228, 43, "(13D15)", 8, 1, "ink", true);
  s.text(228, 63, tr("the build, in brackets"), 7.4, 1, "accent", true);
  row(70, tr("Model"), "A1586");
  s.text(228, 105, tr("tap it for A and four digits"), 7.4, 1, "accent", true);
  row(112, tr("Serial Number"), "C7…");
  return s.done(tr("System, build and model of an iPhone or iPad"),
                tr("An iPhone that shows Settings, General, About. The row Version gives the system and, in brackets, the build, such as 13D15 (on newer systems after a tap on the row); tapping the model number turns it into A and four digits, such as A1586."));
}

Figure macbook_underneath() {
  auto s = sketch();
  s.body(10, 20, 124, 88, 10);
  for (const double x : {22.0, 122.0})
    for (const double y : {32.0, 96.0}) s.circle(x, y, 5, "plain_tint", "muted", 1.0);
  for (const double x : {42.0, 72.0, 102.0})
    for (const double y : {25.0, 103.0}) s.circle(x, y, 1.2, "muted", "muted", 0.4);
  s.spot(42, 32, 60, 12);
  s.print(46, 36, 52, 2, 4);
  s.text(72, 124, tr("underneath, beside the hinge"), 7.4, 0, "muted");
  s.lead(148, 34, 102, 38);
  s.body(148, 14, 86, 44, 5, "paper", 0.9, "muted");
  s.text(154, 28, "Model A1398", 8, -1, "ink", true);
  s.text(154, 40, "EMC 2910", 7.4, -1, "muted");
  s.text(154, 51, "Serial C02…", 8, -1, "ink", true);
  s.text(148, 76, tr("The exact model:"), 7.6, -1, "ink", true);
  s.text(148, 87, tr("Option + Apple menu ›"), 7.4);
  s.text(148, 97, tr("System Information ›"), 7.4);
  s.text(148, 107, tr("Model Identifier"), 7.4);
  s.text(148, 119, "MacBookPro11,4", 8, -1, "accent", true);
  return s.done(tr("Model and serial number of a MacBook"),
                tr("The underside of a MacBook. In small print beside the hinge stand the model, A and four digits, and the serial number. The exact model identifier, such as MacBookPro11,4, stands in System Information, which the Apple menu shows while Option is held."));
}

Figure battery_label() {
  auto s = sketch();
  s.text(10, 15, tr("Shut it down and take the battery out"), 8, -1, "ink", true);
  s.body(10, 34, 150, 66, 8);
  s.body(22, 28, 22, 8, 2, "plain_tint", 0.9);
  s.body(126, 28, 22, 8, 2, "plain_tint", 0.9);
  s.body(22, 44, 126, 48, 3, "plain_tint", 0.8);
  s.print(28, 51, 44, 3, 5);
  s.text(28, 78, "P/N", 6.6, -1, "muted");
  s.spot(42, 69, 32, 12);
  s.text(58, 78, "42T…", 7.4, 0, "ink", true);
  s.barcode(84, 50, 58, 17);
  s.spot(82, 71, 33, 12);
  s.text(85, 80, "6BZLU", 7.4, -1, "ink", true);
  s.text(117, 80, "26RG…", 7.4, -1, "muted");
  s.lead(58, 108, 58, 81);
  s.text(58, 117, tr("part number"), 7.4, 0, "accent", true);
  s.lead(168, 66, 115, 72);
  s.text(170, 60, tr("the first five"), 7.4, -1, "accent", true);
  s.text(170, 70, tr("characters below"), 7.4, -1, "accent", true);
  s.text(170, 80, tr("the bar code"), 7.4, -1, "accent", true);
  s.text(10, 133, tr("Built in and no screws to open by hand? Answer “(none)”."), 7.2, -1, "muted");
  return s.done(tr("The label on a notebook's battery"),
                tr("The back of a battery that has been taken out of a notebook. Its label carries the part number after P/N, and characters below the bar code; the first five of these count."));
}

Figure cord_mark() {
  auto s = sketch();
  s.text(10, 15, tr("The cord between wall and power adapter"), 8, -1, "ink", true);
  s.body(12, 52, 22, 30, 6);
  s.body(4, 57, 8, 4, 1.5, "plain_tint", 0.8);
  s.body(4, 73, 8, 4, 1.5, "plain_tint", 0.8);
  s.curve({{34, 67}, {48, 67}, {56, 84}, {72, 80}, {78, 67}, {92, 67}}, "ink", 2.2);
  s.body(92, 58, 20, 18, 4);
  s.body(112, 61, 8, 12, 1.5, "plain_tint", 0.8);
  s.body(128, 48, 46, 38, 6, "plain_tint", 1.0);
  s.curve({{174, 67}, {190, 67}, {200, 78}, {230, 76}}, "muted", 1.5);
  s.text(23, 98, tr("to the wall"), 7.2, 0, "muted");
  s.text(151, 98, tr("power adapter"), 7.2, 0, "muted");
  s.lead(102, 116, 102, 70);
  s.spot(80, 108, 44, 17);
  s.text(102, 120, "LS-15", 9, 0, "ink", true);
  s.text(130, 120, tr("moulded into this end"), 7.4, -1, "accent", true);
  return s.done(tr("The mark on a power cord"), tr("The cord that runs from the wall to a notebook's power adapter. The mark, such as LS-15, is moulded into the end that goes into the adapter."));
}

Figure cord_sleeve() {
  auto s = sketch();
  s.text(10, 15, tr("The cord's end that goes into the power supply"), 8, -1, "ink", true);
  const auto end = [&](double y, bool sleeve) {
    s.body(20, y, 44, 34, 6, "plain_tint", 1.0);
    s.body(64, y + 8, 26, 18, 4);
    if (sleeve) s.body(90, y + 11, 14, 12, 2, "accent_tint", 1.3, "accent");
    s.curve({{sleeve ? 104.0 : 90.0, y + 17}, {118, y + 17}, {128, y + 22}, {142, y + 20}}, "ink", 2.4);
  };
  end(30, true);
  end(84, false);
  s.text(154, 44, tr("with a sleeve of"), 7.6);
  s.text(154, 54, tr("3 mm (1/8 inch)"), 7.6);
  s.text(154, 66, "✓ " + tr("safe"), 7.6, -1, "good", true);
  s.text(154, 98, tr("no sleeve"), 7.6);
  s.text(154, 110, "✕ " + tr("recalled"), 7.6, -1, "bad", true);
  s.lead(97, 76, 97, 54);
  s.text(97, 84, tr("the sleeve"), 7.2, 0, "accent", true);
  return s.done(tr("The sleeve on a Surface power cord"), tr("Two ends of a power cord where it goes into the power supply. One has a sleeve of about 3 mm around the cord and is safe; the other has none and is recalled."));
}

Figure label_underneath() {
  auto s = sketch();
  s.text(10, 15, tr("In small print, on the back or underneath"), 8, -1, "ink", true);
  s.body(10, 30, 96, 84, 12);
  s.body(24, 44, 68, 56, 4, "plain_tint", 0.8);
  s.print(30, 52, 54, 2, 6);
  s.body(30, 62, 40, 9, 2, "accent_tint", 0.8, "accent");
  s.print(30, 79, 54, 1);
  s.body(30, 85, 48, 9, 2, "accent_tint", 0.8, "accent");
  s.lead(122, 50, 70, 66);
  s.body(122, 30, 112, 86, 6, "paper", 0.9, "muted");
  s.text(130, 45, tr("Model"), 7.2, -1, "muted");
  s.spot(128, 49, 52, 15);
  s.text(133, 60, "A1263", 8.4, -1, "ink", true);
  s.text(130, 76, "100–240 V ~ 0.5 A", 7, -1, "muted");
  s.text(130, 89, "S/N, SN", 7.2, -1, "muted");
  s.spot(128, 93, 84, 15);
  s.text(133, 104, "AFFQ 0C12 3456", 8.4, -1, "ink", true);
  return s.done(tr("Model and serial number on a label"), tr("The back of a power bank or another device. Its label in small print carries the model, such as A1263, and the serial number after S/N or SN."));
}

Figure apc_serial() {
  auto s = sketch();
  s.text(10, 15, tr("The serial number on the label underneath"), 8, -1, "ink", true);
  s.body(10, 30, 92, 40, 8);
  for (int i = 0; i < 4; ++i) s.body(18 + i * 20.0, 42, 14, 16, 4, "plain_tint", 0.9);
  s.curve({{102, 50}, {116, 52}, {122, 44}, {136, 46}}, "ink", 1.8);
  s.text(148, 49, tr("turn it over"), 7.4, -1, "muted");
  static constexpr const char* cells[] = {"Z", "B", "9", "9", "2", "6", "0", "1", "4"};
  for (int i = 0; i < 9; ++i) {
    const bool year = i == 2 || i == 3;
    if (year) continue;
    s.body(14 + i * 23.0, 84, 20, 20, 3, i < 2 ? "plain_tint" : "paper", 0.8, "muted");
    s.text(24 + i * 23.0, 98, cells[i], 10, 0, i < 2 ? "ink" : "muted", i < 2);
  }
  for (int i = 2; i < 4; ++i) {
    s.spot(14 + i * 23.0, 84, 20, 20);
    s.text(24 + i * 23.0, 98, cells[i], 10, 0, "ink", true);
  }
  s.text(36, 118, tr("letters"), 7.4, 0, "muted");
  s.text(81, 118, tr("year"), 7.6, 0, "accent", true);
  s.text(106, 118, tr("then the rest: type all of it"), 7.4, -1, "muted");
  return s.done(tr("The serial number of an APC surge protector or UPS"), tr("The label under a power strip. The serial number begins with one or two letters; the two digits after them are the year. All of it is to be entered."));
}

Figure adapter_label() {
  auto s = sketch();
  s.text(10, 15, tr("The power adapter between wall and computer"), 8, -1, "ink", true);
  s.curve({{4, 76}, {14, 74}, {22, 70}}, "ink", 2);
  s.body(22, 38, 90, 62, 8);
  s.curve({{67, 100}, {68, 112}, {52, 122}, {24, 118}, {6, 126}}, "muted", 1.5);
  s.body(34, 48, 66, 42, 3, "plain_tint", 0.8);
  s.body(39, 53, 46, 8, 2, "accent_tint", 0.8, "accent");
  s.print(39, 67, 54, 2, 5);
  s.body(39, 77, 46, 8, 2, "accent_tint", 0.8, "accent");
  s.lead(134, 48, 85, 57);
  s.text(134, 42, tr("Model"), 7.2, -1, "muted");
  s.spot(132, 46, 76, 15);
  s.text(137, 57, "G71C0009S…", 8.4, -1, "ink", true);
  s.text(134, 78, "S/N", 7.2, -1, "muted");
  s.body(132, 82, 96, 15, 3, "paper", 0.8, "muted");
  s.text(137, 93, "T", 8.4, -1, "ink", true);
  s.spot(144, 82, 30, 15);
  s.text(159, 93, "1044", 8.4, 0, "ink", true);
  s.text(177, 93, "0123…", 8.4, -1, "muted");
  s.text(159, 110, tr("four digits after the T"), 7.4, 0, "accent", true);
  return s.done(tr("The label on a notebook's power adapter"), tr("The brick between the wall and a notebook. Its label carries the model, which begins with G71C, and the serial number, which begins with T; the four digits after the T are the date."));
}

Figure winver() {
  auto s = sketch();
  s.text(10, 15, tr("Windows key + R, type winver, press Enter"), 8, -1, "ink", true);
  s.body(10, 26, 220, 104, 6);
  s.line(10, 40, 230, 40, 0.8, "line");
  s.text(18, 36, tr("About Windows"), 7, -1, "muted");
  s.line(218, 31, 224, 37, 0.9, "muted");
  s.line(224, 31, 218, 37, 0.9, "muted");
  for (const double x : {20.0, 34.0})
    for (const double y : {48.0, 62.0}) s.body(x, y, 12, 12, 1, "plain_tint", 0.8);
  s.text(54, 65, "Windows 10", 12, -1, "ink", true);
  s.print(20, 86, 150, 1);
  s.text(20, 101, "Version 22H2 (OS Build", 8);
  s.spot(114, 91, 50, 15);
  s.text(139, 102, "19045.4046", 8, 0, "ink", true);
  s.text(166, 101, ")", 8);
  s.print(20, 112, 180, 2, 6);
  s.lead(186, 80, 164, 92);
  s.text(188, 78, tr("the build"), 7.6, -1, "accent", true);
  return s.done(tr("The build of Windows"), tr("The window that winver opens. Its second line gives the version and, after OS Build, the build, such as 19045."));
}

struct Named {
  std::string_view name;
  Figure (*draw)();
};
constexpr Named drawings[] = {{"apple-two-prong-slot", two_prong}, {"apple-three-prong", three_prong}, {"apple-a1300", a1300}, {"iphone-about", iphone_about},
                              {"macbook-underneath", macbook_underneath}, {"battery-label", battery_label}, {"cord-mark", cord_mark}, {"cord-sleeve", cord_sleeve},
                              {"label-underneath", label_underneath}, {"apc-serial", apc_serial}, {"adapter-label", adapter_label}, {"windows-winver", winver}};

}  // namespace

std::optional<Figure> drawing(std::string_view name) {
  for (const auto& known : drawings)
    if (known.name == name) return known.draw();
  return {};
}

std::vector<std::string> drawing_names() {
  std::vector<std::string> names;
  for (const auto& known : drawings) names.emplace_back(known.name);
  return names;
}

}  // namespace mainstay
