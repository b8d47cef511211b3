import Foundation

struct CommandFailed: Error, CustomStringConvertible {
    let description: String
}

/// Runs a program to its end; what it printed. It must end well.
func run(_ program: URL, _ arguments: [String]) async throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    let ended = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { ended.continuation.yield($0.terminationStatus) }
    try process.run()
    let printed = try await Task.detached { try pipe.fileHandleForReading.readToEnd() ?? Data() }.value
    let status = await ended.stream.first { _ in true }
    let text = String(decoding: printed, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard status == 0 else { throw CommandFailed(description: "\(program.lastPathComponent) \(arguments): \(text)") }
    return text
}
