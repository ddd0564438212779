#!/usr/bin/env python3
"""Adds up an order: {"items": [{"name": "tea", "price": "2.50", "quantity": 3}]}."""

import http.client
import json
import os
import socket
import sys
from decimal import Decimal

order = json.loads(sys.argv[-1], parse_float=Decimal)
lines = [
    {"name": item["name"], "total": str(Decimal(item["price"]) * item.get("quantity", 1))}
    for item in order.get("items", [])
]
answer = {"lines": lines, "total": str(sum((Decimal(line["total"]) for line in lines), Decimal(0)))}

# The answer: HTTP over the unix socket.
gateway = http.client.HTTPConnection("internal")
gateway.sock = socket.socket(socket.AF_UNIX)
gateway.sock.connect(os.environ["UROCKET_SOCKET"])
headers = {"Content-Type": "application/json"}
gateway.request("POST", "/urhttp/" + os.environ["REQUEST_ID"], json.dumps(answer), headers)
response = gateway.getresponse()
if response.status != 200:
    sys.exit(f"expected the answer to be taken, got {response.status}: {response.read().decode()}")
