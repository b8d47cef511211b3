import Foundation

public struct URLRequest: Sendable {
    public var url: URL?
    public var httpMethod: String?
    public var allowsExpensiveNetworkAccess = true
    private(set) var fields: [String: String] = [:]
    public init(url: URL) { self.url = url }
    public mutating func setValue(_ value: String?, forHTTPHeaderField field: String) { fields[field] = value }
    public func value(forHTTPHeaderField field: String) -> String? { fields[field] }
}

public protocol URLSessionDelegate: AnyObject, Sendable {}

open class URLSessionConfiguration: NSObject, @unchecked Sendable {
    public let identifier: String?
    public var isDiscretionary = false
    public var sessionSendsLaunchEvents = true
    init(_ identifier: String) { self.identifier = identifier }
    open class func background(withIdentifier identifier: String) -> URLSessionConfiguration { URLSessionConfiguration(identifier) }
}

open class URLSessionTask: NSObject, @unchecked Sendable {
    public let originalRequest: URLRequest?
    let file: URL
    private let system: _Transfers
    init(_ request: URLRequest, _ file: URL, _ system: _Transfers) {
        (originalRequest, self.file, self.system) = (request, file, system)
    }
    open func resume() { system.take(self) }
    open func cancel() { system.leaveOff(self) }
}
open class URLSessionUploadTask: URLSessionTask, @unchecked Sendable {}

open class URLSession: NSObject, @unchecked Sendable {
    private let system: _Transfers
    /// What one system holds of one app: without another, nobody's.
    public init(configuration: URLSessionConfiguration, delegate: (any URLSessionDelegate)?, delegateQueue queue: OperationQueue?) {
        system = _Transfers()
    }
    public init(_under system: _Transfers) { self.system = system }
    open func uploadTask(with request: URLRequest, fromFile fileURL: URL) -> URLSessionUploadTask {
        URLSessionUploadTask(request, fileURL, system)
    }
    open var allTasks: [URLSessionTask] { get async { system._waiting } }
}
