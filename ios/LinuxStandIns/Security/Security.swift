import Foundation

public typealias CFString = String
public typealias CFDictionary = [String: Any]
public typealias CFTypeRef = Any
public typealias OSStatus = Int32
public let errSecSuccess: OSStatus = 0
public let errSecItemNotFound: OSStatus = -25300
public let errSecDuplicateItem: OSStatus = -25299
public let kSecClass: CFString = "class", kSecClassGenericPassword: CFString = "genp"
public let kSecAttrService: CFString = "svce", kSecAttrAccount: CFString = "acct"
public let kSecAttrAccessible: CFString = "pdmn", kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly: CFString = "cku"
public let kSecValueData: CFString = "v_Data", kSecReturnData: CFString = "r_Data"
public let kSecMatchLimit: CFString = "m_Limit", kSecMatchLimitOne: CFString = "m_LimitOne"

private struct Item {
    let service: String
    let account: String
    let accessible: String?
    var data: Data
}
private let lock = NSLock()
nonisolated(unsafe) private var items: [Item] = []

private func matches(_ query: CFDictionary) -> (Item) -> Bool {
    let service = query[kSecAttrService] as? String
    let account = query[kSecAttrAccount] as? String
    return { item in (service == nil || item.service == service) && (account == nil || item.account == account) }
}

public func SecItemCopyMatching(_ query: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    lock.withLock {
        guard let item = items.first(where: matches(query)) else { return errSecItemNotFound }
        if query[kSecReturnData] as? Bool == true { result?.pointee = item.data }
        return errSecSuccess
    }
}
public func SecItemAdd(_ attributes: CFDictionary, _ result: UnsafeMutablePointer<CFTypeRef?>?) -> OSStatus {
    lock.withLock {
        guard !items.contains(where: matches(attributes)) else { return errSecDuplicateItem }
        items.append(
            Item(
                service: attributes[kSecAttrService] as? String ?? "", account: attributes[kSecAttrAccount] as? String ?? "",
                accessible: attributes[kSecAttrAccessible] as? String, data: attributes[kSecValueData] as? Data ?? Data()))
        return errSecSuccess
    }
}
public func SecItemUpdate(_ query: CFDictionary, _ changes: CFDictionary) -> OSStatus {
    lock.withLock {
        guard let index = items.firstIndex(where: matches(query)) else { return errSecItemNotFound }
        if let data = changes[kSecValueData] as? Data { items[index].data = data }
        return errSecSuccess
    }
}
@discardableResult
public func SecItemDelete(_ query: CFDictionary) -> OSStatus {
    lock.withLock {
        let before = items.count
        items.removeAll(where: matches(query))
        return items.count == before ? errSecItemNotFound : errSecSuccess
    }
}

/// When the items of a service can be read, for a test.
public func _accessibility(ofService service: String) -> [String?] {
    lock.withLock { items.filter { $0.service == service }.map(\.accessible) }
}
