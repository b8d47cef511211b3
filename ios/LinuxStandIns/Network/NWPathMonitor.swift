import Foundation

public struct NWPath: Equatable, Sendable {
    public enum Status: Sendable { case satisfied, unsatisfied, requiresConnection }
    public let status: Status
    public let isExpensive: Bool
    public let isConstrained: Bool
    public init(_status: Status, isExpensive: Bool = false, isConstrained: Bool = false) {
        status = _status
        self.isExpensive = isExpensive
        self.isConstrained = isConstrained
    }
}

/// Says the path it has and each one that a test tells it.
public final class NWPathMonitor: AsyncSequence, Sendable {
    private let stream: AsyncStream<NWPath>
    private let told: AsyncStream<NWPath>.Continuation
    public init() { (stream, told) = AsyncStream.makeStream(of: NWPath.self) }
    public func _tell(_ path: NWPath) { told.yield(path) }
    public func cancel() { told.finish() }
    public func makeAsyncIterator() -> AsyncStream<NWPath>.Iterator { stream.makeAsyncIterator() }
}
