// socket.io as it is meant to be used: websocket transport only, no compression, one emit to all.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const event = JSON.parse(process.env.BENCH_EVENT);
const http = createServer();
const io = new Server(http, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 3_000_000, serveClient: false });

createInterface({ input: process.stdin })
  .on("line", () => io.emit("told", event))
  .on("close", () => process.exit(0));
http.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => console.log(`ready ${http.address().port}`));
