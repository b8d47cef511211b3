import SwiftUI

/// Marks for tests; nobody sees or hears them.
enum Tag {
    static let mainAction = "main_action"
    static let choice = "choice"
    static let title = "title"
}
