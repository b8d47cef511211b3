import Network

/// What the phone is surrounded by, as the system's own objects. Tests put others here.
public struct Surroundings: Sendable {
    var pathMonitor: @Sendable () -> NWPathMonitor = { NWPathMonitor() }
    var phoneLock = PhoneLock()

    public init() {}
}
