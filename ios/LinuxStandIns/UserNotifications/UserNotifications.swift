import Foundation

public enum UNAuthorizationStatus: Int, Sendable { case notDetermined, denied, authorized, provisional, ephemeral }
public struct UNAuthorizationOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
    public static let badge = Self(rawValue: 1), sound = Self(rawValue: 2), alert = Self(rawValue: 4)
}
public final class UNNotificationSettings: NSObject, Sendable {
    public let authorizationStatus: UNAuthorizationStatus
    init(_ status: UNAuthorizationStatus) { authorizationStatus = status }
}

open class UNNotificationContent: NSObject {
    public fileprivate(set) var _title = "", _body = "", _category = ""
}
public final class UNMutableNotificationContent: UNNotificationContent {
    public var title: String {
        get { _title }
        set { _title = newValue }
    }
    public var body: String {
        get { _body }
        set { _body = newValue }
    }
    public var categoryIdentifier: String {
        get { _category }
        set { _category = newValue }
    }
}
public class UNNotificationTrigger: NSObject {}
public final class UNNotificationRequest: NSObject {
    public let identifier: String
    public let content: UNNotificationContent
    public init(identifier: String, content: UNNotificationContent, trigger: UNNotificationTrigger?) {
        self.identifier = identifier
        self.content = content
    }
}
public final class UNNotificationAction: NSObject {}
public struct UNNotificationCategoryOptions: OptionSet, Sendable {
    public let rawValue: UInt
    public init(rawValue: UInt) { self.rawValue = rawValue }
}
public final class UNNotificationCategory: NSObject {
    public let identifier: String
    public let hiddenPreviewsBodyPlaceholder: String
    public init(
        identifier: String, actions: [UNNotificationAction], intentIdentifiers: [String], hiddenPreviewsBodyPlaceholder: String,
        options: UNNotificationCategoryOptions = []
    ) {
        self.identifier = identifier
        self.hiddenPreviewsBodyPlaceholder = hiddenPreviewsBodyPlaceholder
    }
}

/// Shows nothing; a test says what the person allows and looks at what was told.
public final class UNUserNotificationCenter: NSObject, @unchecked Sendable {
    private static let phone = UNUserNotificationCenter()
    public static func current() -> UNUserNotificationCenter { phone }

    private let lock = NSLock()
    private var status: UNAuthorizationStatus
    private var shown: [UNNotificationRequest] = []
    private var categories: Set<UNNotificationCategory> = []
    private var questions = 0
    public init(_status: UNAuthorizationStatus = .notDetermined) { status = _status }

    public var _told: [UNNotificationRequest] { lock.withLock { shown } }
    public var _categories: Set<UNNotificationCategory> { lock.withLock { categories } }
    public var _questions: Int { lock.withLock { questions } }
    public func _allow(_ status: UNAuthorizationStatus) { lock.withLock { self.status = status } }

    public func notificationSettings() async -> UNNotificationSettings { UNNotificationSettings(lock.withLock { status }) }
    public func requestAuthorization(options: UNAuthorizationOptions = []) async throws -> Bool {
        lock.withLock {
            questions += 1
            if status == .notDetermined { status = .authorized }
            return status == .authorized
        }
    }
    public func setNotificationCategories(_ categories: Set<UNNotificationCategory>) { lock.withLock { self.categories = categories } }
    public func add(_ request: sending UNNotificationRequest) async throws {
        lock.withLock {
            shown.removeAll { $0.identifier == request.identifier }
            shown.append(request)
        }
    }
    public func removeAllDeliveredNotifications() { lock.withLock { shown = [] } }
}
