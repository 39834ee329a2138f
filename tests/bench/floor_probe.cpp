// SPDX-License-Identifier: MIT
// The floor of the probing benchmark: nothing but curl easy handles in threads, no rules, nothing stored.
//   floor_probe THREADS SECONDS [CAFILE] < addresses
#include <curl/curl.h>
#include <openssl/ssl.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

X509_STORE* store = nullptr;
std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }
CURLcode use_store(CURL*, void* context, void*) {
  SSL_CTX_set1_cert_store(static_cast<SSL_CTX*>(context), store);
  return CURLE_OK;
}
int believe(void*, int, const char*, std::size_t) { return CURLKHMATCH_OK; }

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  curl_global_init(CURL_GLOBAL_DEFAULT);
  store = X509_STORE_new();
  if (count > 3) X509_STORE_load_locations(store, words[3], nullptr);
  std::vector<std::string> addresses;
  for (std::string line; std::getline(std::cin, line);) addresses.push_back(line);
  std::atomic<std::size_t> next = 0, good = 0;
  std::vector<std::thread> threads;
  const char* key = std::getenv("FLOOR_KEY");
  for (int i = 0; i < std::atoi(words[1]); ++i)
    threads.emplace_back([&] {
      CURL* easy = curl_easy_init();
      for (std::size_t at = next++; at < addresses.size(); at = next++) {
        curl_easy_reset(easy);
        curl_easy_setopt(easy, CURLOPT_URL, addresses[at].c_str());
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_TIMEOUT, std::atol(words[2]));
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
        curl_easy_setopt(easy, CURLOPT_FILETIME, 1L);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, ignore);
        curl_easy_setopt(easy, CURLOPT_CAINFO, nullptr);
        curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, use_store);
        curl_easy_setopt(easy, CURLOPT_SSH_HOSTKEYFUNCTION, believe);
        if (key) {
          curl_easy_setopt(easy, CURLOPT_SSH_AUTH_TYPES, static_cast<long>(CURLSSH_AUTH_PUBLICKEY));
          curl_easy_setopt(easy, CURLOPT_SSH_PRIVATE_KEYFILE, key);
        }
        if (curl_easy_perform(easy) == CURLE_OK) ++good;
      }
      curl_easy_cleanup(easy);
    });
  for (auto& thread : threads) thread.join();
  std::printf("%zu\n", good.load());
}
