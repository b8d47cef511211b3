// A peer in a program of its own: one line says what to do, one line answers.
import { spawn } from 'node:child_process';
import readline from 'node:readline';

export class Told {
  constructor(program, parameters, options = {}) {
    this.child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'], ...options });
    this.lines = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.ended = new Promise((done, failed) => {
      this.child.on('error', failed);
      this.child.on('exit', (code) => (code === 0 ? done() : failed(new Error(`${program} ended with ${code}`))));
    });
    this.ended.catch(() => {}); // whoever waits for an answer is told
  }

  /** The words of the next line it says. */
  async answer() {
    const { value, done } = await this.lines.next();
    if (done) await this.ended.then(() => Promise.reject(new Error('it ended without an answer')));
    return value.split(' ');
  }

  async tell(line) {
    this.child.stdin.write(`${line}\n`);
    return this.answer();
  }

  close() {
    this.child.stdin.end();
    return this.ended;
  }
}
