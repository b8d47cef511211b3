package vn.sodiaban.fieldbook.me

import android.content.Context
import androidx.core.content.edit
import java.security.MessageDigest
import java.security.SecureRandom
import java.util.Base64
import javax.crypto.SecretKeyFactory
import javax.crypto.spec.PBEKeySpec
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.withContext

/** How large words are; never smaller than the system's own choice. */
enum class TextSize(val scale: Float) { USUAL(1f), LARGE(1.3f), LARGEST(1.6f) }

/** What a person chose on this phone. */
data class Chosen(
    /** None until chosen: large for heads, else usual. */
    val textSize: TextSize? = null,
    /** The screen asks for a PIN. */
    val hasPin: Boolean = false,
)

/**
 * What a person chose, kept on this phone only. The PIN locks the screen and nothing else: it is no key to the notebook.
 * Reading and writing happen off the main thread.
 */
class Choices(private val context: Context, private val name: String) {
    private val kept by lazy { context.getSharedPreferences("choices-$name", Context.MODE_PRIVATE) }
    private val shown = MutableStateFlow(Chosen())
    val chosen: StateFlow<Chosen> = shown.asStateFlow()

    suspend fun load() = withContext(Dispatchers.IO) {
        val size = kept.getString(TEXT_SIZE, null)
        shown.value = Chosen(TextSize.entries.find { it.name == size }, kept.contains(PIN))
    }

    suspend fun setTextSize(size: TextSize) = write { putString(TEXT_SIZE, size.name) }

    suspend fun setPin(pin: String) = write {
        val salt = ByteArray(SALT_BYTES).also(SecureRandom()::nextBytes)
        putString(PIN, encode(salt) + " " + encode(stretch(pin, salt)))
    }

    suspend fun removePin() = write { remove(PIN) }

    suspend fun isPin(pin: String): Boolean = withContext(Dispatchers.IO) {
        val (salt, hash) = kept.getString(PIN, null)?.split(" ")?.map(Base64.getDecoder()::decode) ?: return@withContext false
        MessageDigest.isEqual(hash, stretch(pin, salt))
    }

    private suspend fun write(change: android.content.SharedPreferences.Editor.() -> Unit) {
        withContext(Dispatchers.IO) { kept.edit(commit = true, action = change) }
        load()
    }

    private fun encode(bytes: ByteArray): String = Base64.getEncoder().encodeToString(bytes)

    private fun stretch(pin: String, salt: ByteArray): ByteArray {
        val spec = PBEKeySpec(pin.toCharArray(), salt, ROUNDS, HASH_BITS)
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).encoded
    }

    private companion object {
        const val TEXT_SIZE = "text_size"
        const val PIN = "pin"
        const val SALT_BYTES = 16
        const val ROUNDS = 20_000
        const val HASH_BITS = 256
    }
}
