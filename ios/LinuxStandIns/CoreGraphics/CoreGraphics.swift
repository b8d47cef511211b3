@_exported import Foundation

/// A picture in memory; here only what it was read from.
public final class CGImage: Sendable {
    public let width: Int
    public let height: Int
    public let _bytes: Data
    public init(_bytes: Data, width: Int, height: Int) {
        self._bytes = _bytes
        self.width = width
        self.height = height
    }
}

public typealias CFURL = NSURL
public typealias CFString = NSString
public typealias CFDictionary = NSDictionary
