# SPDX-License-Identifier: MIT
"""A web server on a free loopback port, for tests that bring their own handler."""
import http.server
import ssl
import threading


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *words):
        pass


def serve(handler, certificate=None):
    """Starts it and gives it back; `certificate` is (certificate file, key file) where it is to speak TLS."""
    server = Server(("127.0.0.1", 0), handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
