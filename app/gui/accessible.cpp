// SPDX-License-Identifier: MIT
#include "app/gui/accessible.h"

#include <wx/dataview.h>
#include <wx/window.h>

#include <string>

#include "app/gui/layout.h"
#include "app/gui/wx_text.h"

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace mainstay {

#ifdef __WXGTK__
namespace {
/// The theme's red for words that were refused is too dark to read on dark.
void make_refused_readable() {
  static const bool done = [] {
    if (!is_dark()) return true;
    auto* css = gtk_css_provider_new();
    const auto words = "entry.error, textview.error, textview.error text { color: " + utf8(status_colour(Status::bad).GetAsString(wxC2S_HTML_SYNTAX)) + "; }";
    gtk_css_provider_load_from_data(css, words.c_str(), -1, nullptr);
    gtk_style_context_add_provider_for_screen(gdk_screen_get_default(), GTK_STYLE_PROVIDER(css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_unref(css);
    return true;
  }();
  (void)done;
}
}  // namespace
#endif

void set_accessible(wxWindow* window, std::string_view name, std::string_view key) {
  window->SetName(wx(key));
#ifdef __WXGTK__
  // SetName does not reach assistive technology: the ATK object of the widget that takes the focus has to carry the words.
  auto* widget = static_cast<GtkWidget*>(window->GetHandle());
  if (auto* view = dynamic_cast<wxDataViewCtrl*>(window)) widget = view->GtkGetTreeView();
  else if (GTK_IS_SCROLLED_WINDOW(widget))
    if (auto* child = gtk_bin_get_child(GTK_BIN(widget))) widget = child;
  if (!widget) return;
  const std::string spoken(name), id(key);
  const auto put = [&](GtkWidget* target) {
    if (auto* object = gtk_widget_get_accessible(target)) {
      atk_object_set_name(object, spoken.c_str());
      atk_object_set_accessible_id(object, id.c_str());
    }
  };
  put(widget);
  // The frame of a scrolled list is no stop of its own; where wx makes it one again, it has the same name.
  if (auto* around = static_cast<GtkWidget*>(window->GetHandle()); around != widget && GTK_IS_SCROLLED_WINDOW(around)) {
    gtk_widget_set_can_focus(around, FALSE);
    if (auto* object = gtk_widget_get_accessible(around)) atk_object_set_name(object, spoken.c_str());
  }
  if (GTK_IS_COMBO_BOX(widget) && gtk_combo_box_get_has_entry(GTK_COMBO_BOX(widget)))
    if (auto* entry = gtk_bin_get_child(GTK_BIN(widget))) put(entry);
#else
  window->SetLabel(wx(name));
#endif
}

void mark_trouble(wxWindow* box, std::string_view sentence) {
  const std::string words(sentence);
#ifdef __WXGTK__
  auto* widget = static_cast<GtkWidget*>(box->GetHandle());
  if (GTK_IS_SCROLLED_WINDOW(widget))
    if (auto* child = gtk_bin_get_child(GTK_BIN(widget))) widget = child;
  if (!widget) return;
  make_refused_readable();
  auto* style = gtk_widget_get_style_context(widget);
  if (words.empty()) gtk_style_context_remove_class(style, GTK_STYLE_CLASS_ERROR);
  else gtk_style_context_add_class(style, GTK_STYLE_CLASS_ERROR);
  if (GTK_IS_ENTRY(widget)) {
    gtk_entry_set_icon_from_icon_name(GTK_ENTRY(widget), GTK_ENTRY_ICON_SECONDARY, words.empty() ? nullptr : "dialog-warning-symbolic");
    if (!words.empty()) gtk_entry_set_icon_tooltip_text(GTK_ENTRY(widget), GTK_ENTRY_ICON_SECONDARY, words.c_str());
  }
  if (auto* object = gtk_widget_get_accessible(widget)) atk_object_set_description(object, words.c_str());
#else
  box->SetForegroundColour(words.empty() ? wxNullColour : *wxRED);
  box->SetToolTip(wx(words));
#endif
}

void without_header(wxDataViewCtrl* list) {
#ifdef __WXGTK__
  gtk_tree_view_set_headers_visible(GTK_TREE_VIEW(list->GtkGetTreeView()), FALSE);
#else
  (void)list;
#endif
}

void without_search(wxDataViewCtrl* list) {
#ifdef __WXGTK__
  gtk_tree_view_set_enable_search(GTK_TREE_VIEW(list->GtkGetTreeView()), FALSE);
#else
  (void)list;
#endif
}

void on_title_pressed(wxDataViewColumn* column, std::function<void()> action) {
#ifdef __WXGTK__
  auto* titled = GTK_TREE_VIEW_COLUMN(column->GetGtkHandle());
  gtk_tree_view_column_set_clickable(titled, TRUE);
  auto* kept = new std::function<void()>(std::move(action));
  g_signal_connect_data(titled, "clicked", G_CALLBACK(+[](GtkTreeViewColumn*, gpointer data) { (*static_cast<std::function<void()>*>(data))(); }), kept,
                        [](gpointer data, GClosure*) { delete static_cast<std::function<void()>*>(data); }, GConnectFlags(0));
#else
  column->GetOwner()->Bind(wxEVT_DATAVIEW_COLUMN_HEADER_CLICK, [column, action](wxDataViewEvent& event) {
    if (event.GetDataViewColumn() == column) action();
    else event.Skip();
  });
#endif
}

void show_order(wxDataViewColumn* column, int direction) {
  // The toolkit's own arrow is given no room once the titles stand.
  const wxString upwards = wx(" ↑"), downwards = wx(" ↓");
  auto title = column->GetTitle();
  for (const auto& arrow : {upwards, downwards}) title.EndsWith(arrow, &title);
  title += direction > 0 ? upwards : direction < 0 ? downwards : wxString();
  if (title != column->GetTitle()) column->SetTitle(title);
}

}  // namespace mainstay
