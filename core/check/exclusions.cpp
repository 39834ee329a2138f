// SPDX-License-Identifier: MIT
// Notices name models in order to say that they are safe: "Model X is not included in this recall". Such words speak against a match.
#include "core/check/exclusions.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/base/text.h"

namespace mainstay {
namespace {

using Text = std::string_view;
using Span = std::pair<std::size_t, std::size_t>;
constexpr auto npos = Text::npos;

/// Of a sentence in small letters that leaves something out.
constexpr Text signs[] = {"not ", "n't ", "n’t ", "exclud", "except", "other than "};
/// Behind a subject; it is no part of the recall.
constexpr Text refusals[] = {"not affected", "not included", "not part of", "not subject to", "not covered", "not involved", "not being recalled", "not recalled", "not concerned", "not impacted", "n't affected", "n’t affected",
                             "n't included", "n’t included", "n't part of", "n’t part of", "n't recalled", "n’t recalled", "n't covered", "n’t covered"};
/// What is "included" or "part of" something that is none of these is spoken of otherwise: batteries are not included with a toy, a serial number not in a list.
constexpr Text whole[] = {"recall", "notice", "program", "action", "alert", "campaign", "advisory", "announcement", "withdrawal"};
/// What is said of nothing but a recall.
constexpr Text sure[] = {"affected", "recalled", "concerned", "impacted"};
constexpr Text verbs[] = {" are ", " is ", " were ", " was ", " have been ", " has been "};
/// Of a sentence that speaks of what was so once: the model that was not recalled then is often the very one that is recalled now.
constexpr Text of_before[] = {"previous", "earlier", "original", "initial", "formerly", "prior ", "first recall", "first notice", "first announce", "at first", "first program", "first alert", " told ", "informed", " now ", " now,", " now.", "until now", "so far", "newly", "no longer"};
constexpr Text months[] = {"january", "february", "march", "april", "in may", " may 1", " may 2", "may recall", "june", "july", "august", "september", "october", "november", "december"};
/// Of what comes with a thing: "the cable of the BPD007" is not the BPD007.
constexpr Text accessories[] = {"cable", "charger", "cord", "adapter", "adaptor", "case ", "lid ", "strap", "remote", "stand ", "manual", "mount", "bag ", "box ", "packaging", "accessor"};
/// Before a list.
constexpr Text denials[] = {" not include ", " not involve ", " not affect ", " not apply to ", " not cover ", " not concern ", " not extend to ", " not impact ", "n't include ", "n't involve ", "n't affect ", "n't apply to ",
                            "n't cover ", "n’t include ", "n’t involve ", "n’t affect ", "n’t apply to ", "n’t cover "};
constexpr Text exceptions[] = {"not including ", "excluding ", "excludes ", "exclude ", "except for ", "with the exception of ", "except ", "other than ", "but not "};
/// Where a clause with a subject of its own begins, and where what is recalled ends.
constexpr Text joints[] = {"but ", "; ", "while ", "whereas ", "however, ", "though ", " are recalled", " is recalled", " are included", " is included", " are affected", " is affected", " involves ", " includes "};
/// Where a list of exceptions ends and its sentence goes on.
constexpr Text list_ends[] = {" are ", " is ", " were ", " was ", " have ", " has ", " sold ", " manufactured ", " with serial", " made ", "; ", "but "};

template <std::size_t N>
bool holds_one(Text text, const Text (&words)[N]) {
  return std::any_of(std::begin(words), std::end(words), [&](Text word) { return text.find(word) != npos; });
}

bool ends_sentence(Text text, std::size_t i) {
  if (text[i] == '\n' || text[i] == '|') return true;
  if (text[i] != '.' && text[i] != '!' && text[i] != '?') return false;
  if (i + 1 < text.size() && text[i + 1] != ' ' && text[i + 1] != '\n') return false;
  // "Model No. X", "Lumo Inc. models": a dot that ends none.
  const auto before = text.substr(0, i);
  const auto gap = before.find_last_of(" (\n");
  static constexpr Text short_words[] = {"no", "nos", "inc", "co", "ltd", "corp", "approx", "e.g", "i.e", "incl", "vs", "mod"};
  return std::find(std::begin(short_words), std::end(short_words), before.substr(gap == npos ? 0 : gap + 1)) == std::end(short_words);
}

bool of_this_recall(Text text) {
  return std::any_of(std::begin(whole), std::end(whole), [&](Text one) {
    return text.find("this " + std::string(one)) != npos || text.find("the present " + std::string(one)) != npos || text.find("the current " + std::string(one)) != npos;
  });
}

/// "not included in recall 25-061", "… in the May recall".
bool of_another_recall(Text text) {
  if (of_this_recall(text) || !holds_one(text, whole)) return false;
  return holds_one(text, months) || text.find_first_of("0123456789") != npos;
}

/// "Recall 25-061 did not include X": told of an earlier one.
bool denied_before(Text before) {
  if (of_this_recall(before)) return false;
  if (before.ends_with(" did ") || before.ends_with(" didn")) return true;
  const auto near = before.substr(before.size() - std::min<std::size_t>(before.size(), 40));
  const auto recall = near.rfind("recall");
  return recall != npos && (near.substr(recall).find_first_of("0123456789") != npos || holds_one(near, months));
}

/// "the cable of the BPD007", "the BPD007's charger".
bool of_accessory(Text subject) {
  for (const auto one : accessories) {
    const auto at = subject.find(one);
    if (at == npos) continue;
    const auto rest = subject.substr(at);
    for (const Text of : {" of ", " for ", " with "})
      if (rest.find(of) != npos) return true;
    for (const Text own : {"'s ", "’s ", "s' "})
      if (subject.substr(0, at).find(own) != npos) return true;
  }
  return false;
}

/// The spans of one sentence, in small letters, that are about what is left out.
class Sentence {
 public:
  explicit Sentence(Text text) : text_(text) {}
  /// None where it speaks of an earlier recall: a hidden hit is worse than a candidate that somebody dismisses.
  std::vector<Span> spans() {
    if (holds_one(text_, of_before)) return {};
    for (const auto word : refusals) each(word, [&](std::size_t at) { subject(at, at + word.size(), word.starts_with('n') && word[1] != 'o'); });
    for (const auto word : denials) each(word, [&](std::size_t at) {
      if (!denied_before(text_.substr(0, at + 1))) list(at, at + word.size(), false);
    });
    for (const auto word : exceptions) each(word, [&](std::size_t at) { list(at, at + word.size(), true); });
    std::sort(spans_.begin(), spans_.end());
    return std::move(spans_);
  }

 private:
  template <class Do>
  void each(Text word, Do part) const {
    for (auto at = text_.find(word); at != npos; at = text_.find(word, at + 1)) part(at);
  }
  void add(std::size_t begin, std::size_t end) {
    if (begin < end) spans_.emplace_back(begin, end);
  }
  std::size_t first_of(Text word, std::size_t from) const { return std::min(text_.find(word, from), text_.size()); }

  /// "…, but Model X is not included in this recall": from where its clause began. "The following are not affected: X, Y": also what follows the colon.
  void subject(std::size_t at, std::size_t end, bool shortened_verb) {
    const auto word = text_.substr(at, end - at), rest = text_.substr(end, 60);
    auto colon = text_.find(':', end);
    if (colon != npos && (colon - end > rest.size() || text_.substr(end, colon - end).find_first_of("(),;") != npos)) colon = npos;  // "(batteries not included), model: X"
    const bool ends = rest.empty() || rest.find_first_of(".,;:)") == 0;
    const auto of_what = rest.substr(0, rest.find_first_of(".,;:)"));
    if (of_another_recall(of_what)) return;
    const bool of_whole = std::none_of(std::begin(sure), std::end(sure), [&](Text one) { return word.ends_with(one); });
    if (of_whole && !ends && !holds_one(rest.substr(0, rest.find_first_of(".,;:")), whole)) return;
    std::size_t verb = npos;
    if (shortened_verb) verb = text_.rfind(' ', at);
    else
      for (const auto v : verbs)
        if (const auto found = text_.rfind(v, at); found != npos && found + v.size() + 12 >= at && (verb == npos || found > verb)) verb = found;  // "are therefore not"
    const auto spoken = verb == npos ? Text() : text_.substr(verb, at - verb);
    const bool past = spoken.starts_with(" was") || spoken.starts_with(" were") || spoken.starts_with(" had ");
    // "was not included." and "was not recalled in 2024" are told of an earlier day; "was not recalled." of this recall.
    if (past && (of_whole || !trimmed(of_what).empty()) && !of_this_recall(of_what)) return;
    if (verb != npos) {
      std::size_t begin = 0;
      for (const auto joint : joints)
        if (const auto found = text_.rfind(joint, verb); found != npos && found + joint.size() <= verb) begin = std::max(begin, found + joint.size());
      if (!of_accessory(text_.substr(begin, verb - begin))) add(begin, verb);
    }
    if (colon != npos) add(colon + 1, text_.size());
  }

  /// "does not include X, Y or Z", "all models except X": on to where the list ends.
  void list(std::size_t at, std::size_t begin, bool exception) {
    auto end = std::min(first_of("but ", begin), first_of("; ", begin));
    if (const auto open = text_.rfind('(', at); open != npos && first_of(")", open) > at) end = std::min(end, first_of(")", at));
    if (exception) {
      for (const auto stop : list_ends) end = std::min(end, first_of(stop, begin));
      // "A100 except those made after 2019, A200": ends with the comma.
      for (const Text those : {"those ", "units ", "products ", "items ", "serial", "ones "})
        if (text_.substr(begin).starts_with(those)) end = std::min(end, first_of(",", begin));
    }
    add(begin, end);
  }

  Text text_;
  std::vector<Span> spans_;
};

}  // namespace

bool begins_exclusion(Text word, Text next) {
  static constexpr Text alone[] = {"EXCEPT", "EXCEPTION", "EXCLUDE", "EXCLUDES", "EXCLUDING"};
  static constexpr Text denied[] = {"AFFECT", "AFFECTED", "APPLY", "BEING", "CONCERN", "CONCERNED", "COVER", "COVERED", "EXTEND", "IMPACT", "IMPACTED", "INCLUDE", "INCLUDED", "INCLUDING", "INVOLVE", "INVOLVED", "PART", "RECALLED", "SUBJECT"};
  const auto is_one_of = [](const auto& words, Text one) { return std::find(std::begin(words), std::end(words), one) != std::end(words); };
  if (word == "NOT" || word == "T") return is_one_of(denied, next);
  if (word == "BUT") return next == "NOT";
  if (word == "OTHER") return next == "THAN";
  return word.starts_with("EXC") && is_one_of(alone, word);
}

ToldApart told_apart(Text text) {
  ToldApart result;
  const auto folded = lower_case(text);
  std::size_t begin = 0;
  const auto take = [&](std::size_t end) {
    const auto sentence = Text(folded).substr(begin, end - begin);
    std::size_t at = 0;
    if (holds_one(sentence, signs))
      for (const auto& [from, to] : Sentence(sentence).spans()) {
        if (to <= at) continue;
        const auto start = std::max(at, from);
        result.about.append(text.substr(begin + at, start - at)).append(" . ");
        result.left_out.append(text.substr(begin + start, to - start)).append(" . ");
        at = to;
      }
    result.about.append(text.substr(begin + at, end - begin - at));
    begin = end;
  };
  for (std::size_t i = 0; i < text.size(); ++i)
    if (ends_sentence(folded, i)) take(i + 1);
  take(text.size());
  return result;
}

NoticeApart told_apart(const RecallNotice& notice) {
  NoticeApart apart{notice, {}};
  for (auto* text : std::array{&apart.about.title, &apart.about.product, &apart.about.models, &apart.about.description}) {
    auto told = told_apart(*text);
    if (told.left_out.empty()) continue;
    *text = std::move(told.about);
    apart.left_out += told.left_out;
  }
  return apart;
}

}  // namespace mainstay
