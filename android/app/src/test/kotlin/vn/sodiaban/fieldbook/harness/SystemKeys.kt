package vn.sodiaban.fieldbook.harness

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreException
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** An Android Keystore in memory: the JVM has none. It shows how keys are asked for and used, not how hardware guards them. */
object SystemKeys {
    internal val keys = mutableMapOf<String, SecretKey>()

    /** What the next call meets instead of an answer. */
    var trouble: (() -> Nothing)? = null

    fun install() {
        trouble = null
        if (Security.getProvider(NAME) == null) Security.addProvider(MemoryProvider())
    }

    /** All of them are gone, as after a factory reset of the hardware. */
    fun lose() = keys.clear()

    internal const val NAME = "AndroidKeyStore"
    internal const val BITS_A_BYTE = 8
}

private class MemoryProvider : Provider(SystemKeys.NAME, "1", "keys in memory") {
    init {
        put("KeyStore.${SystemKeys.NAME}", MemoryKeys::class.java.name)
        put("KeyGenerator.AES", MemoryKeyMaker::class.java.name)
    }
}

class MemoryKeyMaker : KeyGeneratorSpi() {
    private lateinit var use: KeyGenParameterSpec

    override fun engineInit(use: AlgorithmParameterSpec, random: SecureRandom?) {
        this.use = use as KeyGenParameterSpec
    }

    override fun engineInit(random: SecureRandom?) = throw UnsupportedOperationException()

    override fun engineInit(size: Int, random: SecureRandom?) = throw UnsupportedOperationException()

    override fun engineGenerateKey(): SecretKey {
        val bytes = ByteArray(use.keySize / SystemKeys.BITS_A_BYTE).also(SecureRandom()::nextBytes)
        return SecretKeySpec(bytes, "AES").also { SystemKeys.keys[use.keystoreAlias] = it }
    }
}

class MemoryKeys : KeyStoreSpi() {
    override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit

    override fun engineGetKey(alias: String, password: CharArray?): Key? {
        SystemKeys.trouble?.invoke()
        return SystemKeys.keys[alias]
    }

    override fun engineContainsAlias(alias: String) = alias in SystemKeys.keys

    override fun engineIsKeyEntry(alias: String) = alias in SystemKeys.keys

    override fun engineIsCertificateEntry(alias: String) = false

    override fun engineAliases() = Collections.enumeration(SystemKeys.keys.keys)

    override fun engineSize() = SystemKeys.keys.size

    override fun engineDeleteEntry(alias: String) {
        SystemKeys.keys -= alias
    }

    override fun engineGetCreationDate(alias: String): Date? = null

    override fun engineGetCertificate(alias: String): Certificate? = null

    override fun engineGetCertificateAlias(certificate: Certificate): String? = null

    override fun engineGetCertificateChain(alias: String): Array<Certificate>? = null

    override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<Certificate>?) = refuse()

    override fun engineSetKeyEntry(alias: String, key: ByteArray, chain: Array<Certificate>?) = refuse()

    override fun engineSetCertificateEntry(alias: String, certificate: Certificate) = refuse()

    override fun engineStore(stream: OutputStream?, password: CharArray?) = refuse()

    private fun refuse(): Nothing = throw KeyStoreException("nothing comes in from outside")
}
