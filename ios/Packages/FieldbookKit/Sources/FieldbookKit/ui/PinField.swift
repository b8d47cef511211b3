import SwiftUI

/// How many digits a PIN has.
let pinLength = 4...8

/// Takes the digits of a PIN and shows none of them. Keep `pin` out of what outlives the page.
struct PinField: View {
    @Binding var pin: String
    var fault: String?
    @Environment(\.words) private var words

    var body: some View {
        LabeledField(words(.screenEnrolPin), fault: fault) {
            SecureField(words(.screenEnrolPin), text: $pin)
                .keyboardType(.numberPad)
                .textFieldStyle(.roundedBorder)
        }
        .onChange(of: pin) { _, typed in
            let digits = String(typed.filter(\.isNumber).prefix(pinLength.upperBound))
            if digits != typed { pin = digits }
        }
    }
}
