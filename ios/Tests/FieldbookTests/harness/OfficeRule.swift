import Foundation

/// The real server as a process of its own on loopback, with one commune, four hamlets, a liaison and a head. All persons are invented.
@MainActor
final class OfficeRule {
    static let liaison = "Trần Thị Mai"
    static let head = "Lê Văn Bảy"
    static let topics = ["Sinh hoạt chi bộ", "Trữ nước mưa, nước ngọt"]
    private static let commune = "29224"
    private static let from = "2025-07-01"

    private let folder: TemporaryFolder
    private let data: URL
    private var server: Server?
    private var listen = "127.0.0.1:0"

    /// Where phones find it; empty while it is stopped.
    private(set) var url = ""

    init() async throws {
        folder = try TemporaryFolder()
        data = folder.url.appending(path: "office")
        try FileManager.default.copyItem(at: await Self.furnished.value, to: data)
        try await start()
    }

    /// After a stop it comes back on the port it had.
    func start() async throws {
        let server = try await Server(data: data, listen: listen)
        url = server.url
        listen = String(url.trimmingPrefix("http://"))
        self.server = server
    }

    func stop() async {
        await server?.stop()
        server = nil
        url = ""
    }

    /// The office falls back to a copy from before any phone, its key lost: no phone can prove itself any more.
    func forgetPhones() async throws {
        await stop()
        try FileManager.default.removeItem(at: data)
        try FileManager.default.copyItem(at: await Self.furnished.value, to: data)
        try Data(repeating: 7, count: 32).write(to: data.appending(path: "keys/office.key"))
        try await start()
    }

    /// The writer number of each phone.
    func writers() async throws -> [String] {
        var found: [String] = []
        for number in try await run("devices", "list").matches(of: /\b[0-9a-f]{16}\b/) where !found.contains(String(number.0)) {
            found.append(String(number.0))
        }
        return found
    }

    /// Ten digits for a person, to type. They work once.
    func digits(_ person: String) async throws -> String {
        let printed = try await run("invite", "--person", person, "--digits", "--server", url)
        guard let digits = printed.firstMatch(of: /\b\d{5} ?\d{5}\b/) else { throw CommandFailed(description: printed) }
        return digits.0.filter(\.isNumber)
    }

    /// The text of a QR code for a person. It works once. `server` is where the phone will find the office.
    func code(_ person: String, server: String? = nil) async throws -> String {
        let printed = try await run("invite", "--person", person, "--server", server ?? url)
        guard let code = printed.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("FIELDBOOK1:") }) else {
            throw CommandFailed(description: printed)
        }
        return String(code)
    }

    /// One of the office's commands; what it printed.
    @discardableResult
    func run(_ arguments: String...) async throws -> String { try await Self.run(arguments, in: data) }

    private static func run(_ arguments: [String], in data: URL) async throws -> String {
        try await FieldbookTests.run(Places.built.appending(path: "fieldbook-server"), arguments + ["--data", data.path])
    }

    /// Made once; each office begins as a copy of it.
    private static let furnished: Task<URL, any Error> = Task {
        let data = FileManager.default.temporaryDirectory.appending(path: "fieldbook-office-\(UUID().uuidString)")
        func office(_ command: String...) async throws { _ = try await run(command, in: data) }
        try await office("init", "--name", "Xã An Qui")
        for units in ["units-village.csv", "hamlets.csv"] {
            try await office("import-units", Places.repository.appending(path: "tests/data/\(units)").path)
        }
        for person in [liaison, head] { try await office("person", "add", person) }
        try await office(
            "post", "add", "--person", liaison, "--role", "liaison", "--unit", commune, "--title", "đảng ủy viên phụ trách", "--from", from)
        try await office("post", "add", "--person", head, "--role", "head", "--unit", "AQ-AD", "--title", "trưởng ấp", "--from", from)
        for hamlet in ["AQ-AD", "AQ-AT", "AQ-AH"] {
            try await office("office", "assign", "--person", liaison, "--unit", hamlet, "--from", from)
        }
        for topic in topics { try await office("office", "topic", topic, "--unit", commune) }
        return data
    }
}

/// The server while it runs; it ends with whoever holds it.
@MainActor
private final class Server {
    let url: String
    private let command: Command
    private let ended: Task<Int32, Never>

    init(data: URL, listen: String) async throws {
        let command = try Command(
            Places.built.appending(path: "fieldbook-server"), ["serve", "--listen", listen, "--plain", "--data", data.path],
            errors: .dropped)
        self.command = command
        ended = Task { await command.ended() }
        url = try await Self.address(command.output)
    }

    func stop() async {
        command.stop()
        _ = await ended.value
    }

    deinit { command.stop() }

    /// It says where it listens in its first lines.
    private static func address(_ output: FileHandle) async throws -> String {
        let said = Task.detached {
            var text = ""
            while let some = try output.read(upToCount: 1), !some.isEmpty {
                text += String(decoding: some, as: UTF8.self)
                if let found = text.firstMatch(of: /listening on (\S+)\s/) { return String(found.1) }
            }
            throw CommandFailed(description: "the server said only: \(text)")
        }
        let address = try await said.value
        return address.hasSuffix("/") ? String(address.dropLast()) : address
    }
}
