"""A Python script that posts its argument as the answer, with the standard library alone."""

import os
import socket
import sys

payload = sys.argv[1].encode()
head = (
    f"POST /urhttp/{os.environ['REQUEST_ID']} HTTP/1.1\r\n"
    "Host: internal\r\nConnection: close\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(payload)}\r\n\r\n"
)
with socket.socket(socket.AF_UNIX) as back:
    back.connect(os.environ["UROCKET_SOCKET"])
    back.sendall(head.encode() + payload)
    if not back.recv(4096).startswith(b"HTTP/1.1 200"):
        sys.exit(1)
