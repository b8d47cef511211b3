import Foundation
import Glibc
import Synchronization

/// What happens to one connection.
enum Fault: Sendable {
    case pass
    /// The office never has the whole of it.
    case loseRequest
    /// Some of it goes through, then the phone is out of reach.
    case weak
    /// The office did what it was asked, the phone does not know.
    case loseAnswer
    case cutAnswer
    /// The phone loses the answer, and the line gives the office the same request once more.
    case twice

    fileprivate var upTo: Int {
        switch self {
        case .loseRequest: 60
        case .weak: 40_000
        case .pass, .loseAnswer, .cutAnswer, .twice: .max
        }
    }

    fileprivate var downTo: Int {
        switch self {
        case .pass, .loseRequest, .weak: .max
        case .loseAnswer, .twice: 0
        case .cutAnswer: 120
        }
    }
}

/// A line between the phones and the office that loses, cuts and repeats, one fault a connection, as planned; then it is as `rest`
/// says.
final class BadLine: Sendable {
    /// Where phones find the office over this line.
    let url: String
    private let door: Socket
    private let faults = Mutex<[Fault]>([])
    private let otherwise = Mutex(Fault.pass)
    private let bytes = Mutex(0)

    init(to office: String) throws {
        let port = try UInt16(office.split(separator: ":").last ?? "").orThrow("no port in \(office)")
        signal(SIGPIPE, SIG_IGN)  // the other side may go at any moment
        door = try Socket.listening()
        url = "http://127.0.0.1:\(door.port)"
        let door = door
        Thread.detachNewThread { [weak self] in
            while let phone = door.accept() {
                let line = self
                let fault = line?.next() ?? .pass
                Thread.detachNewThread { carry(phone, fault, to: port) { count in line?.bytes.withLock { $0 += count } } }
            }
        }
    }

    deinit { door.end() }

    /// Faults planned and not yet met.
    var left: Int { faults.withLock { $0.count } }

    /// What each connection meets when nothing is planned.
    var rest: Fault {
        get { otherwise.withLock { $0 } }
        set { otherwise.withLock { $0 = newValue } }
    }

    /// How many bytes went to the office.
    var carried: Int {
        get { bytes.withLock { $0 } }
        set { bytes.withLock { $0 = newValue } }
    }

    func plan(_ faults: Fault...) { self.faults.withLock { $0 += faults } }

    private func next() -> Fault { faults.withLock { $0.isEmpty ? rest : $0.removeFirst() } }
}

private func carry(_ phone: Socket, _ fault: Fault, to port: UInt16, count: @escaping @Sendable (Int) -> Void) {
    guard let server = Socket.reaching(port) else { return phone.end() }
    let sent = Mutex<[UInt8]>([])
    let isUp = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
        phone.copy(to: server, most: fault.upTo) { piece in
            count(piece.count)
            sent.withLock { $0 += piece }
        }
        if fault.upTo < .max { server.end() } else { server.endSending() }
        isUp.signal()
    }
    server.copy(to: phone, most: fault.downTo) { _ in }
    phone.end()
    isUp.wait()
    server.end()
    guard fault == .twice, let again = Socket.reaching(port) else { return }
    _ = again.write(sent.withLock { $0 }[...])
    _ = again.read()
    again.end()
}

/// A connection on loopback, or a door to some; closed with whoever holds it.
private final class Socket: Sendable {
    private let number: Int32
    private init(_ number: Int32) { self.number = number }
    deinit { close(number) }

    static func listening() throws -> Socket {
        let new = Socket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        guard new.with(port: 0, bind) == 0, listen(new.number, 16) == 0 else { throw CommandFailed(description: "cannot listen: \(errno)") }
        return new
    }

    static func reaching(_ port: UInt16) -> Socket? {
        let new = Socket(socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        return new.with(port: port, connect) == 0 ? new : nil
    }

    var port: UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    func accept() -> Socket? {
        let one = Glibc.accept(number, nil, nil)
        return one < 0 ? nil : Socket(one)
    }

    /// Carries at most so many bytes; the first beyond them ends it.
    func copy(to other: Socket, most: Int, _ keep: (ArraySlice<UInt8>) -> Void) {
        var left = most
        while let piece = read(), !piece.isEmpty {
            let goes = piece.prefix(left)
            guard other.write(goes) else { return }
            keep(goes)
            left -= goes.count
            if goes.count < piece.count { return }
        }
    }

    /// None when the connection broke, empty at its end.
    func read() -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(number, &piece, piece.count)
        return count < 0 ? nil : Array(piece.prefix(count))
    }

    func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func endSending() { shutdown(number, Int32(SHUT_WR)) }

    /// Nothing goes either way any more, and whoever waits for it goes on.
    func end() { shutdown(number, Int32(SHUT_RDWR)) }

    private func with(port: UInt16, _ call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }
}

extension Optional {
    fileprivate func orThrow(_ why: String) throws -> Wrapped {
        guard let self else { throw CommandFailed(description: why) }
        return self
    }
}
