import SwiftUI

#Preview("asked") { NavigationStack { LockContent(isWrong: false, onForget: {}) } }

#Preview("wrong") { NavigationStack { LockContent(isWrong: true) } }
