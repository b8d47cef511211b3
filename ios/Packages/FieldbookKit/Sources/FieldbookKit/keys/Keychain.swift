import Foundation
import Security

/// Small secrets of this app on this phone: readable once it was unlocked since it was switched on, and never on another phone.
struct Keychain: Sendable {
    /// Apart for each notebook.
    let service: String

    /// None when there is none.
    func read(_ key: String) throws(KeychainFailure) -> Data? {
        var query = item(key)
        query[kSecReturnData as String] = true
        query[kSecMatchLimit as String] = kSecMatchLimitOne
        var found: CFTypeRef?
        let status = SecItemCopyMatching(query as CFDictionary, &found)
        guard status != errSecItemNotFound else { return nil }
        try check(status)
        return found as? Data
    }

    func write(_ secret: Data, as key: String) throws(KeychainFailure) {
        let status = SecItemUpdate(item(key) as CFDictionary, [kSecValueData as String: secret] as CFDictionary)
        guard status == errSecItemNotFound else { return try check(status) }
        var new = item(key)
        new[kSecValueData as String] = secret
        new[kSecAttrAccessible as String] = kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly
        try check(SecItemAdd(new as CFDictionary, nil))
    }

    func delete(_ key: String) throws(KeychainFailure) { try delete(item(key)) }

    /// Everything of this notebook.
    func deleteAll() throws(KeychainFailure) {
        try delete([kSecClass as String: kSecClassGenericPassword, kSecAttrService as String: service])
    }

    private func delete(_ query: [String: Any]) throws(KeychainFailure) {
        let status = SecItemDelete(query as CFDictionary)
        if status != errSecItemNotFound { try check(status) }
    }

    private func check(_ status: OSStatus) throws(KeychainFailure) {
        if status != errSecSuccess { throw KeychainFailure(status: status) }
    }

    private func item(_ key: String) -> [String: Any] {
        [
            kSecClass as String: kSecClassGenericPassword,
            kSecAttrService as String: service,
            kSecAttrAccount as String: key,
        ]
    }
}

/// The Keychain gave no answer, or could not keep something: before the first unlock, say.
struct KeychainFailure: Error {
    let status: OSStatus
}
