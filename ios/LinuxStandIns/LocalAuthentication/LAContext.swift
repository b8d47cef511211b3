import Foundation

public enum LAPolicy: Int, Sendable { case deviceOwnerAuthenticationWithBiometrics = 1, deviceOwnerAuthentication = 2 }

/// A phone with a lock of its own, or none (nil); a test says whether it opens.
open class LAContext: NSObject {
    private let _opens: Bool?
    public override init() { _opens = nil }
    public init(_opens: Bool?) { self._opens = _opens }
    open func canEvaluatePolicy(_ policy: LAPolicy, error: UnsafeMutablePointer<NSError?>?) -> Bool { _opens != nil }
    open func evaluatePolicy(_ policy: LAPolicy, localizedReason: String) async throws -> Bool { _opens == true }
}
