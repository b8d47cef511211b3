import Foundation
import Glibc
import Synchronization

struct CommandFailed: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program to its end; what it printed. It must end well.
func run(_ program: URL, _ arguments: [String]) async throws -> String {
    let command = try Command(program, arguments)
    let printed = try await Task.detached { try command.output.readToEnd() ?? Data() }.value
    let status = await command.ended()
    let text = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard status == 0 else { throw CommandFailed(description: "\(program.lastPathComponent) \(arguments): \(text)") }
    return text
}

/// A program of its own, which inherits no open file. Not Foundation's `Process`: on Linux, to start a program, that reads beyond what
/// the system gave of a long list of open files, and now and then crashes.
final class Command: Sendable {
    /// What it prints.
    let output: FileHandle
    private let number: pid_t
    private let running = Mutex(true)

    init(_ program: URL, _ arguments: [String], errors: Errors = .printed) throws {
        let pipe = Pipe()
        let write = pipe.fileHandleForWriting.fileDescriptor
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&files, write, STDOUT_FILENO)
        switch errors {
        case .printed: posix_spawn_file_actions_adddup2(&files, write, STDERR_FILENO)
        case .dropped: posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1)
        var words = ([program.path] + arguments).map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var started: pid_t = 0
        let failure = posix_spawn(&started, program.path, &files, nil, &words, environ)
        guard failure == 0 else { throw CommandFailed(description: "\(program.path): \(String(cString: strerror(failure)))") }
        number = started
        output = pipe.fileHandleForReading
        try pipe.fileHandleForWriting.close()
    }

    enum Errors { case printed, dropped }

    /// Killed: it inherits a mask of signals from the test, which lets nothing milder through.
    func stop() {
        running.withLock { if $0 { kill(number, SIGKILL) } }
    }

    /// Its status, when it has ended; negative if it was killed. To be asked once.
    func ended() async -> Int32 {
        await withCheckedContinuation { answer in
            // A thread of its own: waiting in a task would take one of the few threads that all tasks share.
            Thread.detachNewThread { [self] in
                var end = siginfo_t()
                while waitid(P_PID, id_t(number), &end, WEXITED | WNOWAIT) < 0, errno == EINTR {}
                var status: Int32 = 0
                // From here on its number may be another program's.
                running.withLock {
                    _ = waitpid(number, &status, 0)
                    $0 = false
                }
                answer.resume(returning: status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f))
            }
        }
    }
}
