/**
 * Takes webhooks on 127.0.0.1, port argv[2], and writes each to the file argv[3] before it answers: a process of its
 * own, so that a test can kill it.
 */
import fs from 'node:fs';
import http from 'node:http';

const [, , port, file] = process.argv;

http
  .createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { id, subject } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    fs.appendFileSync(file, `${JSON.stringify({ id, subject: subject.id })}\n`);
    response.writeHead(204).end();
  })
  .listen(Number(port), '127.0.0.1');
