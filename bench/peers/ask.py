"""Asks a chat server as the field's Python tools do: ask.py CLIENT BASE_URL REQUEST.json IN_FLIGHT SECONDS

CLIENT is aiohttp, httpx or openai, each in its asynchronous form on asyncio's own loop, with as many connections as calls
in flight. Every reply is parsed and its text looked at; nothing is written, no verdict is read. Ends after SECONDS and prints
one JSON object: calls and the latencies of a call in ms.
"""

import asyncio
import json
import sys
import time

client, base, file, in_flight, seconds = sys.argv[1:6]
in_flight = int(in_flight)
seconds = float(seconds)
with open(file, encoding="utf-8") as lines:
    request = json.load(lines)


async def aiohttp_asker():
    import aiohttp

    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))

    async def ask():
        async with session.post(base + "/chat/completions", json=request) as response:
            reply = await response.json()
            return reply["choices"][0]["message"]["content"]

    return ask, session.close


async def httpx_asker():
    import httpx

    session = httpx.AsyncClient(
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=None), timeout=300, trust_env=False
    )

    async def ask():
        response = await session.post(base + "/chat/completions", json=request)
        return response.json()["choices"][0]["message"]["content"]

    return ask, session.aclose


async def openai_asker():
    import openai

    session = openai.AsyncOpenAI(base_url=base, api_key="none", max_retries=0)

    async def ask():
        completion = await session.chat.completions.create(**request)
        return completion.choices[0].message.content

    return ask, session.close


async def main():
    asker = {"aiohttp": aiohttp_asker, "httpx": httpx_asker, "openai": openai_asker}[client]
    ask, close = await asker()
    latencies = []
    end = time.perf_counter() + seconds

    async def work():
        while True:
            began = time.perf_counter()
            if began >= end:
                return
            text = await ask()
            assert text.startswith("VERDICT "), text
            latencies.append(time.perf_counter() - began)

    await asyncio.gather(*(work() for _ in range(in_flight)))
    await close()
    latencies.sort()
    print(
        json.dumps(
            {
                "calls": len(latencies),
                "p50_ms": round(1e3 * latencies[len(latencies) // 2], 1),
                "p99_ms": round(1e3 * latencies[len(latencies) * 99 // 100], 1),
            }
        )
    )


asyncio.run(main())
